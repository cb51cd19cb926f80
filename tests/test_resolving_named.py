"""Sixty phrases in each language, as news writes them: who is meant, of which country, in which role."""

from __future__ import annotations

from datetime import date

import pytest

from vzevents.codebook import Codebook
from vzevents.resolving.actors import ActorResolver

# phrase | day | actor, or "-" where nobody is named | country or "-" | role
ENGLISH = """
President Hugo Chávez | 2004-05-10 | chavez | VEN | GOV
Vice President José Vicente Rangel | 2004-05-10 | jose-vicente-rangel | VEN | GOV
Pedro Carmona | 2002-04-12 | pedro-carmona | VEN | GOV
Pedro Carmona | 2002-03-01 | pedro-carmona | VEN | BUS
the Carmona government | 2002-04-12 | carmona-government | VEN | GOV
Venezuelan foreign minister Roy Chaderton | 2003-02-01 | chaderton | VEN | GOV
Gen. Raúl Isaías Baduel | 2005-06-01 | baduel | VEN | MIL
Gen. Raúl Isaías Baduel | 2007-01-15 | baduel | VEN | GOV
the DISIP | 2003-01-01 | disip | VEN | SPY
the Fifth Republic Movement | 2001-01-01 | mvr | VEN | GOV
the Democratic Coordinator | 2003-01-01 | coordinadora-democratica | VEN | OPP
Teodoro Petkoff | 2006-05-01 | petkoff | VEN | OPP
Judge María Lourdes Afiuni | 2010-01-15 | afiuni | VEN | JUD
Interior Minister Néstor Reverol | 2017-05-01 | reverol | VEN | GOV
Defense Minister Vladimir Padrino Lopez | 2019-02-01 | padrino | VEN | GOV
Diosdado Cabello | 2018-11-01 | cabello | VEN | GOV
opposition leader Juan Guiado | 2019-02-20 | guaido | VEN | OPP
Guaidó's envoy Carlos Vecchio | 2019-02-20 | vecchio | VEN | OPP
Edmundo González | 2025-02-01 | edmundo-gonzalez | VEN | OPP
the Unitary Platform | 2023-10-17 | unitary-platform | VEN | OPP
the Con Venezuela campaign team | 2024-07-29 | comando-con-venezuela | VEN | OPP
the Communist Party of Venezuela | 2023-08-11 | pcv | VEN | OPP
the Supreme Tribunal of Justice in exile | 2018-05-01 | tsj-in-exile | VEN | JUD
Attorney General Tarek William Saab | 2019-01-29 | tarek-saab | VEN | JUD
Tarek William Saab | 2016-05-01 | tarek-saab | VEN | GOV
the National Assembly | 2019-01-15 | national-assembly | VEN | LEG
Ecuador's National Assembly | 2019-01-15 | - | ECU | LEG
lawmakers of the National Assembly of Nicaragua | 2019-01-15 | - | NIC | LEG
the Constituent Assembly | 2018-01-15 | constituent-assembly | VEN | LEG
the National Electoral Council | 2024-07-29 | cne | VEN | GOV
Elvis Amoroso | 2024-07-29 | amoroso | VEN | GOV
SEBIN agents | 2019-01-13 | sebin | VEN | SPY
the DGCIM | 2019-06-29 | dgcim | VEN | SPY
the Bolivarian National Guard | 2019-01-21 | national-guard | VEN | MIL
Colombia's national guard | 2019-01-21 | - | COL | MIL
the Special Action Forces | 2019-01-25 | faes | VEN | COP
colectivos | 2019-02-23 | colectivos | VEN | UAF
Tren de Aragua | 2024-02-01 | tren-de-aragua | VEN | CRM
the FARC dissidents | 2021-03-21 | farc-dissidents | COL | REB
the ELN | 2019-01-18 | eln | COL | REB
the Second Marquetalia | 2021-05-01 | segunda-marquetalia | COL | REB
the Pemón | 2019-02-22 | pemon | VEN | CVL
the Yanomami | 2022-03-20 | yanomami | VEN | CVL
Foro Penal | 2019-02-01 | foro-penal | VEN | NGO
Cardinal Baltazar Porras | 2021-01-01 | porras | VEN | ELI
Fedecámaras | 2002-04-01 | fedecamaras | VEN | BUS
Citgo | 2019-02-01 | citgo | VEN | BUS
Ecopetrol | 2023-02-01 | ecopetrol | COL | BUS
U.S. Secretary of State Marco Rubio | 2025-03-01 | rubio | USA | GOV
Florida senator Marco Rubio | 2019-03-01 | rubio | USA | LEG
U.S. Vice President JD Vance | 2025-03-01 | vance | USA | GOV
former president George W. Bush | 2004-05-01 | bush | USA | GOV
Chilean President Michelle Bachelet | 2015-03-01 | bachelet | CHL | GOV
Michelle Bachelet | 2019-07-04 | bachelet | - | IGO
EU foreign policy chief Kaja Kallas | 2025-01-10 | kallas | - | IGO
OAS Secretary-General José Miguel Insulza | 2007-01-10 | insulza | - | IGO
Mark Rutte | 2019-02-01 | rutte | NLD | GOV
NATO chief Mark Rutte | 2025-02-01 | rutte | - | IGO
Pope Leo XIV | 2025-06-01 | leo-xiv | VAT | GOV
the president of Guyana, Irfaan Ali | 2023-12-05 | irfaan-ali | GUY | GOV
Iranian President Mahmoud Ahmadinejad | 2007-01-13 | ahmadinejad | IRN | GOV
Guyana's President Irfaan Ali | 2023-12-05 | irfaan-ali | GUY | GOV
Trinidadian Prime Minister Kamla Persad-Bissessar | 2025-09-05 | persad-bissessar | TTO | GOV
the Kremlin | 2019-01-24 | RUS | RUS | GOV
the White House | 2019-01-24 | USA | USA | GOV
Miraflores | 2019-01-24 | VEN | VEN | GOV
"""
SPANISH = """
el presidente Hugo Chávez | 2004-05-10 | chavez | VEN | GOV
el vicepresidente José Vicente Rangel | 2004-05-10 | jose-vicente-rangel | VEN | GOV
el gobierno de Carmona | 2002-04-12 | carmona-government | VEN | GOV
el canciller Roy Chaderton | 2003-02-01 | chaderton | VEN | GOV
el general Raúl Isaías Baduel | 2007-01-15 | baduel | VEN | GOV
la Disip | 2003-01-01 | disip | VEN | SPY
el Movimiento V República | 2001-01-01 | mvr | VEN | GOV
la Coordinadora Democrática | 2003-01-01 | coordinadora-democratica | VEN | OPP
la jueza María Lourdes Afiuni | 2010-01-15 | afiuni | VEN | JUD
el ministro Néstor Reverol | 2017-05-01 | reverol | VEN | GOV
Vladimir Padrino López | 2019-02-01 | padrino | VEN | GOV
Vladimir Padrino López | 2014-02-01 | padrino | VEN | MIL
el diputado Juan Guaidó | 2019-01-10 | guaido | VEN | OPP
María Corina Machado | 2024-01-26 | machado | VEN | OPP
Edmundo González Urrutia | 2024-09-08 | edmundo-gonzalez | VEN | OPP
la Plataforma Unitaria | 2023-10-17 | unitary-platform | VEN | OPP
la Mesa de la Unidad Democrática | 2015-12-06 | mud | VEN | OPP
el Comando Con Venezuela | 2024-07-29 | comando-con-venezuela | VEN | OPP
el PCV | 2023-08-11 | pcv | VEN | OPP
el Partido Comunista de Venezuela | 2023-08-11 | pcv | VEN | OPP
el Tribunal Supremo de Justicia en el exilio | 2018-05-01 | tsj-in-exile | VEN | JUD
el Tribunal Supremo de Justicia | 2019-01-29 | tsj | VEN | JUD
el Tribunal Supremo de España | 2019-01-29 | - | ESP | JUD
la Asamblea Nacional ecuatoriana | 2019-01-29 | - | ECU | LEG
la Asamblea Nacional Constituyente | 2018-01-15 | constituent-assembly | VEN | LEG
la fiscal general Luisa Ortega Díaz | 2016-05-01 | ortega-diaz | VEN | JUD
el fiscal general Tarek William Saab | 2019-01-29 | tarek-saab | VEN | JUD
el Consejo Nacional Electoral | 2024-07-29 | cne | VEN | GOV
el rector Juan Carlos Delpino | 2024-08-26 | delpino | VEN | GOV
la Guardia Nacional Bolivariana | 2019-01-21 | national-guard | VEN | MIL
el Ceofanb | 2021-03-21 | ceofanb | VEN | MIL
la Milicia Bolivariana | 2020-03-01 | militia | VEN | MIL
efectivos del Sebin | 2019-01-13 | - | VEN | SPY
la Dgcim | 2019-06-29 | dgcim | VEN | SPY
funcionarios del Cicpc | 2018-01-15 | - | VEN | COP
las FAES | 2019-01-25 | faes | VEN | COP
la Policía Metropolitana | 2002-04-11 | policia-metropolitana | VEN | COP
los colectivos | 2019-02-23 | colectivos | VEN | UAF
el Tren de Aragua | 2024-02-01 | tren-de-aragua | VEN | CRM
las disidencias de las FARC | 2021-03-21 | farc-dissidents | COL | REB
la guerrilla del ELN | 2019-01-18 | eln | COL | REB
Iván Mordisco | 2024-01-18 | ivan-mordisco | COL | REB
los indígenas pemones | 2019-02-22 | pemon | VEN | CVL
los waraos | 2020-02-22 | warao-people | VEN | CVL
la Conferencia Episcopal Venezolana | 2017-01-13 | episcopal-conference | VEN | ELI
el cardenal Baltazar Porras | 2021-01-01 | porras | VEN | ELI
Provea | 2019-02-01 | provea | VEN | NGO
la Fapuv | 2022-05-01 | fapuv | VEN | LAB
los trabajadores de Sidor | 2023-06-12 | - | VEN | LAB
Petróleos de Venezuela | 2019-01-28 | pdvsa | VEN | BUS
Globovisión | 2009-06-01 | globovision | VEN | MED
el secretario de Estado Marco Rubio | 2025-03-01 | rubio | USA | GOV
el presidente colombiano Gustavo Petro | 2023-03-01 | petro | COL | GOV
la expresidenta Michelle Bachelet | 2020-07-04 | bachelet | - | IGO
la presidenta Michelle Bachelet | 2015-07-04 | bachelet | CHL | GOV
la alta representante Kaja Kallas | 2025-01-10 | kallas | - | IGO
el papa León XIV | 2025-06-01 | leo-xiv | VAT | GOV
el canciller ruso Serguéi Lavrov | 2019-02-01 | lavrov | RUS | GOV
el presidente iraní Mahmud Ahmadineyad | 2007-01-13 | ahmadinejad | IRN | GOV
la primera ministra Kamla Persad-Bissessar | 2025-09-05 | persad-bissessar | TTO | GOV
el presidente de Guyana, Irfaan Ali | 2023-12-05 | irfaan-ali | GUY | GOV
el gobierno de Ortega | 2018-07-19 | ortega | NIC | GOV
el presidente Ernesto Samper | 1996-02-01 | samper | COL | GOV
Occidente | 2019-01-24 | west | - | GOV
la Casa de Nariño | 2019-01-24 | COL | COL | GOV
el Planalto | 2019-01-24 | BRA | BRA | GOV
la Moncloa | 2019-01-24 | ESP | ESP | GOV
el Palacio de Miraflores | 2019-01-24 | VEN | VEN | GOV
"""


def _cases(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def _read(resolver: ActorResolver, text: str, day: str) -> tuple[str, ...]:
    reading = resolver.resolve(text, on=date.fromisoformat(day))
    return tuple(value or "-" for value in (reading.actor_id, reading.country, reading.role))


@pytest.fixture(scope="module")
def spanish(codebook: Codebook) -> ActorResolver:
    """Return a resolver of Spanish names."""
    return ActorResolver(codebook, language="es")


def test_there_are_sixty() -> None:
    """Each language has sixty phrases at least, none twice on one day."""
    for table in (ENGLISH, SPANISH):
        keys = [case[:2] for case in _cases(table)]
        assert len(keys) == len(set(keys)) >= 60


@pytest.mark.parametrize(("text", "day", "actor_id", "country", "role"), _cases(ENGLISH))
def test_english(
    text: str, day: str, actor_id: str, country: str, role: str, resolver: ActorResolver
) -> None:
    """Who an English phrase names, with the role of that day."""
    assert _read(resolver, text, day) == (actor_id, country, role)


@pytest.mark.parametrize(("text", "day", "actor_id", "country", "role"), _cases(SPANISH))
def test_spanish(text: str, day: str, actor_id: str, country: str, role: str, spanish: ActorResolver) -> None:
    """Who a Spanish phrase names, with the role of that day."""
    assert _read(spanish, text, day) == (actor_id, country, role)
