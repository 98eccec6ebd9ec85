"""Vehicles: of the companies, and those from elsewhere that drive here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongjian.mobile.demonstration.firms import Firm
from gongjian.mobile.demonstration.luck import chance_of, morning, picked
from gongjian.mobile.demonstration.story import ENFORCEMENT, Story
from gongjian.mobile.models import Vehicle
from gongjian.standards.identifiers.vin import with_check_digit
from gongjian.standards.vehicles.masses import HEAVY_FROM_KG

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "0123456789"
ELSEWHERE = {"冀": 46, "津": 14, "鲁": 12, "豫": 8, "晋": 7, "蒙": 6, "辽": 4, "皖": 3}
STRANGERS, PASSERS = 400, 5_000  # vehicles from elsewhere that are in the ledger, and those that only pass through, at scale 1
STAGES = ((date(2019, 7, 1), 6), (date(2015, 6, 1), 5), (date(2013, 7, 1), 4), (date(2008, 7, 1), 3), (date(2004, 1, 1), 2))
WEIGHT_OF_STAGE = {2: 1.3, 3: 0.75, 4: -0.05, 5: -1.0, 6: -2.1}  # log odds of failing, against a vehicle of stage 4 with average care
BASE = -2.95
PER_YEAR = 0.075  # and for each year of age
OF_USE = {"slag": 0.35, "concrete": 0.3, "freight": 0.1, "bus": -0.3, "sanitation": -0.1}
MASSES = {  # kg: how many of a hundred of a sector's vehicles
    "freight": ((4_495, 25), (9_990, 15), (18_000, 22), (25_000, 18), (49_000, 20)),
    "express": ((3_495, 60), (4_495, 30), (12_000, 10)),
    "sanitation": ((3_495, 35), (8_280, 25), (16_000, 25), (25_000, 15)),
    "bus": ((12_500, 40), (18_000, 60)),
    "tourism": ((7_500, 40), (18_000, 60)),
    "slag": ((25_000, 40), (31_000, 60)),
    "dangerous": ((9_000, 30), (25_000, 40), (31_000, 30)),
    "concrete": ((25_000, 30), (31_000, 70)),
    "other": ((2_500, 40), (3_495, 40), (4_495, 20)),
}
BODIES = {"bus": "coach", "tourism": "coach", "concrete": "special", "sanitation": "special"}
LIGHT_KG = 4_500
ELECTRIC_SHARE = {"bus": 0.7, "express": 0.62, "sanitation": 0.38, "freight": 0.05, "other": 0.25, "tourism": 0.1}
GAP = 0.04
FIRST_ELECTRIC = date(2014, 1, 1)  # before, there were hardly any


@dataclass(slots=True)
class Car:
    """A vehicle with what no ledger knows: ``odds`` are its log odds of failing a measurement on 1 January 2020, but for its age."""

    vehicle: Vehicle
    firm: Firm | None
    odds: float
    heavy: bool
    diligence: float  # chance that its people do what is asked in time

    def fails(self, on: date) -> float:
        """The chance that a measurement fails on a day."""
        registered = self.vehicle.registered_on or date(2014, 1, 1)
        return chance_of(self.odds + PER_YEAR * ((on - registered).days / 365.25 - 5))

    @property
    def burns(self) -> bool:
        """Whether there is an exhaust to measure."""
        return self.vehicle.stage is not None

    @property
    def diesel(self) -> bool:
        """Whether it burns diesel."""
        return self.vehicle.fuel == "diesel"

    def here(self, on: date) -> bool:
        """Whether it is in the ledger on a day."""
        return self.vehicle.valid_from <= on and (self.vehicle.valid_to is None or on < self.vehicle.valid_to)


def make_cars(story: Story, firms: Sequence[Firm]) -> list[Car]:
    """Every vehicle, unsaved, companies first; plates differ."""
    luck = story.luck("cars")
    plates = Plates(luck)
    mine = [_car(luck, plates, firm, story) for firm in firms for _ in range(firm.size)]
    return mine + [_stranger(luck, plates, story) for _ in range(STRANGERS * story.scale)]


def make_passers(story: Story) -> list[Car]:
    """Vehicles from elsewhere that are met on the road and stand in no ledger of ours."""
    luck = story.luck("passers")
    plates = Plates(luck, ending="X")
    return [_stranger(luck, plates, story) for _ in range(PASSERS * story.scale)]


def _car(luck: Random, plates: Plates, firm: Firm, story: Story) -> Car:
    use = firm.use if luck.random() < 0.8 else luck.choice(("freight", "other"))  # noqa: PLR2004 - a fifth is for other work
    mass = picked(luck, dict(MASSES.get(use, MASSES["other"])))
    if use == "freight" and mass <= LIGHT_KG:
        use = luck.choice(("light-logistics", "pass-logistics", "freight"))
    return _made(luck, plates, firm, use, mass, story, here=luck.random() < 0.86)  # noqa: PLR2004 - the rest is registered elsewhere


def _stranger(luck: Random, plates: Plates, story: Story) -> Car:
    return _made(luck, plates, None, "freight", picked(luck, dict(MASSES["freight"])), story, here=False)


class Plates:
    """Gives out plates that nobody has yet."""

    def __init__(self, luck: Random, ending: str = "") -> None:
        self._luck, self._ending, self._given = luck, ending, set[str]()

    def give(self, *, here: bool, electric: bool, large: bool) -> str:
        """One more, of this city or another, green where electric."""
        while True:
            plate = self._one(here=here, electric=electric, large=large)
            if plate not in self._given:
                self._given.add(plate)
                return plate

    def _one(self, *, here: bool, electric: bool, large: bool) -> str:
        pick = self._luck.choice
        home = f"京{pick('ABCEFGHJKLMNPQ')}" if here else f"{picked(self._luck, ELSEWHERE)}{pick('ABCDEFGHJ')}"
        number = "".join(pick(DIGITS) for _ in range(5))
        if electric:
            return f"{home}{number}D" if large else f"{home}D{number}"
        return f"{home}{pick(LETTERS)}{number[: 4 - len(self._ending)]}{self._ending}"


def _made(luck: Random, plates: Plates, firm: Firm | None, use: str, mass: int, story: Story, *, here: bool) -> Car:
    registered = _registered(luck, story)
    fuel = _fuel(luck, firm, use, mass, registered)
    stage = None if fuel == "electric" else next((stage for begun, stage in STAGES if registered >= begun), 2)
    begun = max(story.since, registered)
    vehicle = Vehicle(
        code=plates.give(here=here, electric=fuel == "electric", large=mass > LIGHT_KG),
        vin="" if luck.random() < GAP else _vin(luck),
        plate_colour=("yellow-green" if mass > LIGHT_KG else "green") if fuel == "electric" else "yellow" if mass > LIGHT_KG else "blue",
        body=BODIES.get(use, "tractor" if mass > 40_000 else "truck"),  # noqa: PLR2004 - kg: only tractors weigh so much
        use=use,
        fuel=fuel,
        stage=stage,
        gas_engine=luck.choice(("lean", "stoichiometric", "converted")) if fuel in ("cng", "lng") else "",
        mass_kg=mass,
        registered_here=here,
        registered_on=None if luck.random() < GAP else registered,
        department=story.departments[ENFORCEMENT],
        street=firm.enterprise.street if firm else "",
        valid_from=begun,
        entered_at=morning(begun),
    )
    worn = BASE + WEIGHT_OF_STAGE.get(stage or 0, 0.0) + OF_USE.get(use, 0.0) + (firm.care if firm else luck.gauss(0.25, 0.5))
    return Car(vehicle, firm, worn + luck.gauss(0, 0.6), mass >= HEAVY_FROM_KG, luck.betavariate(4, 1.6))


def _registered(luck: Random, story: Story) -> date:
    """Most were there before the story begins; some are bought in its course."""
    if luck.random() < 0.1:  # noqa: PLR2004 - a tenth is new
        return story.since + timedelta(luck.randint(0, (story.until - story.since).days))
    return story.since - timedelta(round(min(luck.expovariate(1 / 1500), 3900)))


def _fuel(luck: Random, firm: Firm | None, use: str, mass: int, registered: date) -> str:
    if firm is None:
        return "diesel"
    newer = 2.2 if registered >= date(2019, 1, 1) else 0.8
    if mass <= 18_000 and registered >= FIRST_ELECTRIC and luck.random() < min(0.97, ELECTRIC_SHARE.get(use, 0.12) * newer):  # noqa: PLR2004 - kg: heavier ones are not electric yet
        return "electric"
    if luck.random() < 0.04:  # noqa: PLR2004 - a few run on gas
        return luck.choice(("cng", "lng"))
    return "diesel" if mass > LIGHT_KG or luck.random() < firm.diesel_share else "petrol"


def _vin(luck: Random) -> str:
    body = "".join(luck.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(9))
    return with_check_digit(f"L{body[:7]}0{body[7:]}{luck.randint(0, 999_999):06d}")
