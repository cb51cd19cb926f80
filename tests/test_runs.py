"""Coding runs: batches, parts, several processes, a cluster; whoever codes, the file is the same."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest

from vzevents.articles import Article
from vzevents.coding import Coder
from vzevents.errors import CodingStoppedError
from vzevents.runs import Counts, Settings, Workers, code_to_file, executors
from vzevents.runs.batches import Batch, batched, code_batch
from vzevents.runs.executors import Places, places, results
from vzevents.runs.parts import Parts

PATTERNS = Settings(model=None)
ACTS = ("recognized Juan Guaidó", "expelled two diplomats of Peru", "accused Colombia of treason")


def articles(number: int) -> Iterator[Article]:
    """Yield short articles, each its own."""
    for n in range(number):
        text = f"Canada {ACTS[n % 3]} on Monday. In Lima {n} people marched against the government."
        yield Article(f"a{n}", text, None, "en", {"title": "not coded"}, f"test:{n}")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make batches of four articles."""
    monkeypatch.setattr("vzevents.runs.batches._ARTICLES", 4)


def test_batches_close_by_number_and_by_length(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long articles share a batch with fewer others; nothing is lost and the order stays."""
    assert [len(batch.articles) for batch in batched(articles(10))] == [4, 4, 2]
    monkeypatch.setattr("vzevents.runs.batches._CHARACTERS", 100)
    found = list(batched(articles(5)))
    assert [batch.number for batch in found] == list(range(len(found)))
    assert [a.article_id for batch in found for a in batch.articles] == [f"a{n}" for n in range(5)]
    assert {len(batch.articles) for batch in found} == {2, 1}
    assert all(a.extra == {} for batch in found for a in batch.articles)


def test_a_key_tells_all_that_decides_the_coding() -> None:
    """Another text, id, date, language or coder gives another key; where an article comes from does not."""
    (article,) = articles(1)
    key = Batch(0, (article,)).key("coder")
    assert Batch(3, (replace(article, origin="elsewhere"),)).key("coder") == key
    others = [
        Batch(0, (replace(article, **change),)).key("coder")
        for change in ({"text": "x"}, {"article_id": "x"}, {"language": "es"}, {"language": None})
    ]
    assert len({key, *others, Batch(0, (article,)).key("other")}) == 6
    assert Batch(0, (replace(article, text="lone \ud800"),)).key("coder") != key


def test_settings_that_code_otherwise_have_another_stamp() -> None:
    """Patterns alone and patterns with the model are told apart."""
    assert Settings().stamp != PATTERNS.stamp == Settings(model=None).stamp


def test_a_batch_is_coded_as_its_articles_one_by_one(rules: Coder) -> None:
    """Coding together is faster and gives the same rows."""
    (batch,) = batched(articles(6))
    coded = code_batch(PATTERNS, PATTERNS.stamp, batch)
    alone = [row for article in batch.articles for row in rules.frame([rules.read(article)])["statement_id"]]
    assert coded.statements["statement_id"].tolist() == alone
    assert coded.counts == Counts(articles=6, sentences=12, accepted=len(alone), rejected=0)


def test_a_worker_with_another_version_codes_nothing() -> None:
    """Rows of two versions of the coder never stand in one file."""
    (batch,) = batched(articles(1))
    with pytest.raises(CodingStoppedError, match="another version of vzevents"):
        code_batch(PATTERNS, "of another version", batch)


def test_a_stopped_run_goes_on_where_it_was(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was coded before the stop is not coded again, and the file is that of a run without a stop."""
    code_to_file(articles(11), tmp_path / "whole.parquet", settings=PATTERNS)
    coded: list[int] = []

    def stopping(settings: Settings, stamp: str, batch: Batch) -> object:
        if len(coded) == 1:
            raise KeyboardInterrupt
        coded.append(batch.number)
        return code_batch(settings, stamp, batch)

    monkeypatch.setattr("vzevents.runs.running.code_batch", stopping)
    output = tmp_path / "out.parquet"
    for _ in range(2):
        coded.clear()
        with pytest.raises(KeyboardInterrupt):
            code_to_file(articles(11), output, settings=PATTERNS)
        assert not output.exists()
    coded.clear()
    counts = code_to_file(articles(11), output, settings=PATTERNS)
    assert coded == [2]
    assert counts.articles == 11
    assert output.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "whole.parquet"]


def test_a_part_of_other_articles_is_not_taken(few: None, tmp_path: Path) -> None:
    """Where an article changed after the stop, its batch is coded anew; a damaged part is too."""
    kept = Parts(tmp_path / "p", "coder")
    batches = list(batched(articles(8)))
    for batch in batches:
        kept.keep(code_batch(PATTERNS, PATTERNS.stamp, batch))
    again = Parts(tmp_path / "p", "coder")
    assert again.find(batches[0]) == Counts(4, 8, again.find(batches[0]).accepted, 0)  # type: ignore[union-attr]
    changed = replace(batches[1], articles=(*batches[1].articles[:-1], *articles(1)))
    assert again.find(changed) is None
    assert Parts(tmp_path / "p", "other coder").find(batches[0]) is None
    for path in (tmp_path / "p").iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert again.find(batches[1]) is None


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_processes_write_the_same_file(few: None, tmp_path: Path, suffix: str) -> None:
    """Two processes give the bytes that one gives."""
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    code_to_file(articles(20), one, settings=PATTERNS)
    told: list[Counts] = []
    code_to_file(articles(20), two, settings=PATTERNS, workers=Workers(jobs=2), done=told.append)
    assert one.read_bytes() == two.read_bytes()
    assert sum(counts.articles for counts in told) == 20


def test_a_process_that_dies_is_told_of() -> None:
    """Whoever codes without enough memory reads what happened, and no traceback."""
    with places(jobs=2) as place, pytest.raises(CodingStoppedError, match="a coding process was killed"):
        list(results(place, _die, [1, 2]))


def _die(_number: int) -> None:
    import os

    os._exit(9)


def test_no_more_is_read_than_is_worked_on() -> None:
    """The input may be larger than the memory."""
    read: list[int] = []

    def given() -> Iterator[int]:
        for n in range(100):
            read.append(n)
            yield n

    with places() as place:
        ahead = [len(read) - n for n, _ in enumerate(results(place, str, given()))]
    assert max(ahead) == 1


def test_what_waits_is_given_up_when_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error no task is left waiting."""
    made: list[Future[object]] = []

    class Never:
        def submit(self, task: Callable[..., object], item: object) -> Future[object]:
            made.append(Future())
            if len(made) == 2:
                made[-1].set_exception(BrokenProcessPool())
            return made[-1]

    with pytest.raises(CodingStoppedError):
        list(results(Places(Never(), 2), str, [1, 2, 3]))  # type: ignore[arg-type]
    assert made[0].cancelled()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch, address: str, tmp_path: Path) -> None:
    """An address where nobody is gives one line."""
    monkeypatch.setattr(executors, "_CONNECTING", 1)
    with pytest.raises(CodingStoppedError, match="no Dask scheduler answers there"):
        code_to_file(articles(1), tmp_path / "o.csv", settings=PATTERNS, workers=Workers(scheduler=address))


def test_a_cluster_loses_nothing_when_a_worker_is_killed(few: None, tmp_path: Path) -> None:
    """Two workers, one of them killed midway: the file is that of one process, each row once."""
    from distributed import Client

    one, out = tmp_path / "one.parquet", tmp_path / "out.parquet"
    code_to_file(articles(120), one, settings=PATTERNS)
    scheduler = _start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", tmp_path / "s.json")
    workers = [_start("worker", "--scheduler-file", tmp_path / "s.json", "--nthreads", "1") for _ in range(2)]
    try:
        with Client(scheduler_file=str(tmp_path / "s.json"), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        told: list[Counts] = []

        def done(counts: Counts) -> None:
            told.append(counts)
            if len(told) == 5:
                workers[0].kill()

        counts = code_to_file(
            articles(120), out, settings=PATTERNS, workers=Workers(scheduler=address), done=done
        )
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
    assert counts.articles == 120
    assert len(told) == 30
    assert out.read_bytes() == one.read_bytes()


def _start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + str(arguments[0]), *map(str, arguments[1:])]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    return process
