"""Groups of options: shown in their order, taken as one record."""

from typing import Any, NamedTuple

import click
from click.testing import CliRunner

from vaultlint.cli.option_group import option_group, take


class Weather(NamedTuple):
    rain: bool = True
    wind: int = 3


weather_options = option_group(
    click.option("--rain", is_flag=True), click.option("--wind", type=int, default=1)
)


def test_options_come_in_their_order_and_are_taken_as_one() -> None:
    seen: list[Any] = []

    @click.command()
    @weather_options
    @click.option("--sun", is_flag=True)
    def command(**options: Any) -> None:
        seen.extend((take(Weather, options), options))

    assert [option.name for option in command.params] == ["rain", "wind", "sun"]
    CliRunner().invoke(command, ["--wind", "7"], catch_exceptions=False)
    assert seen == [Weather(rain=False, wind=7), {"sun": False}]


def test_an_option_that_a_command_lacks_keeps_its_default() -> None:
    assert take(Weather, {"wind": 2}) == Weather(rain=True, wind=2)
