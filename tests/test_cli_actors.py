"""`newsledger actors unknown`: whom to add to a registry next."""

from golden import run_newsledger

from flows.show import show_unknown_actors
from pipeline.tables import ACTORS
from pipeline.vocabulary import ActorType
from pipeline.warehouse import Warehouse


class Renamed:
    """A warehouse with the type of one actor changed."""

    def __init__(self, root, name, kind):
        self.inner, self.name, self.kind = Warehouse(str(root)), name, kind

    def read(self, table, **only):
        rows = self.inner.read(table, **only)
        if table is not ACTORS:
            return rows
        kinds = [self.kind if r["name"] == self.name else r["type"] for r in rows.to_pylist()]
        return rows.set_column(rows.schema.get_field_index("type"), rows.schema.field("type"), [kinds])

    def __getattr__(self, name):
        return getattr(self.inner, name)


def listed(capsys, warehouse, n=30):
    show_unknown_actors(warehouse, n)
    return capsys.readouterr().out.splitlines()[2:]


def test_the_most_seen_come_first_each_with_titles_and_an_example(sound, capsys):
    lines = listed(capsys, Warehouse(str(sound)))
    assert [line.split("  ")[0] for line in lines if "person" in line] == ["Ada Poe", "Mayor Lee", "Bo Ray"]
    mayor = next(line for line in lines if line.startswith("Mayor Lee"))
    assert " mayor " in mayor
    assert "Ada Poe told Mayor Lee" in mayor


def test_no_more_are_listed_than_asked_for(sound, capsys):
    assert sum("person" in line for line in listed(capsys, Warehouse(str(sound)), 1)) == 1


def test_places_are_left_out(sound, capsys):
    lines = listed(capsys, Renamed(sound, "Bo Ray", ActorType.PLACE.value))
    assert not any(line.startswith("Bo Ray") for line in lines)


def test_the_command_lists_nobody_whom_the_registry_knows(seeds_run, tmp_path):
    done = run_newsledger("actors", "unknown", "--warehouse", str(seeds_run.warehouse), "-n", "5", home=tmp_path)
    assert done.returncode == 0, done.stderr
    known = {r["name"] for r in Warehouse(str(seeds_run.warehouse)).read(ACTORS).to_pylist() if r["from_registry"]}
    names = [line.split("  ")[0] for line in done.stdout.splitlines()[2:]]
    assert names
    assert not set(names) & known
