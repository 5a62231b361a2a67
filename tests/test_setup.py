"""The scripts behind ``make demo``: what they say on a machine that lacks something."""

import os
import subprocess
import sys

import pytest

from tests.readme import ROOT


def script(name, *arguments, path=None):
    environment = os.environ | ({"PATH": str(path)} if path else {})
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / name), *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def fake_python(folder, name, body):
    """A program in ``folder`` that stands for a Python of the machine."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def without_ensurepip(tmp_path):
    """A real Python that has no ensurepip, as on Debian without python3-venv."""
    (tmp_path / "ensurepip.py").write_text("raise ImportError('no ensurepip')\n", "utf-8")
    return fake_python(tmp_path, "python3", f'PYTHONPATH={tmp_path} exec {sys.executable} "$@"')


def test_missing_venv_module_is_one_clear_line(tmp_path, without_ensurepip):
    done = script("make-venv.sh", without_ensurepip, tmp_path / "venv")
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "python3-venv" in line
    assert not (tmp_path / "venv").exists()


def test_missing_python_is_one_clear_line(tmp_path):
    done = script("make-venv.sh", "", tmp_path / "venv")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "3.11, 3.12 or 3.13" in line


def test_a_python_that_is_too_old_or_does_not_run_is_passed_over(tmp_path):
    fake_python(tmp_path, "python3", "exit 1")
    fake_python(tmp_path, "python3.13", "exit 127")
    fake_python(tmp_path, "python3.12", f'exec {sys.executable} "$@"')
    done = script("find-python.sh", path=tmp_path)
    assert done.stdout == "python3.12\n"


def test_no_python_at_all_is_nothing(tmp_path):
    assert script("find-python.sh", path=tmp_path).stdout == ""


def test_set_up_is_skipped_the_second_time(tmp_path):
    """With stamps newer than the pins, make has nothing left to do but the command itself."""
    # Under `make test` the outer make would speak through the inner one.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("requirements/run.lock", "pyproject.toml", ".venv/bin/python", ".venv/.runs"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (1, 2 if name.endswith(".runs") else 1))
    command = ["make", "-n", "demo", "PYTHON=python3"]

    def plan():
        done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True)
        return done.stdout

    assert plan().splitlines() == [".venv/bin/district-archive demo"]
    os.utime(tmp_path / "requirements/run.lock", (3, 3))
    assert "pip install" in plan()
