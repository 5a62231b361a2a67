"""That what does not fit together is found, each with its own words."""

import pytest

from scraper.archive.integrity import find_problems

from .build import capture, edited, rows, see


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE article_versions SET title = 'x' WHERE version = 2", "differs from its latest"),
        ("UPDATE articles SET version = 1", "differs from its latest"),
        ("UPDATE articles SET body = NULL", "differs from its latest"),
        ("UPDATE articles SET capture = 1", "differs from its latest"),
        ("UPDATE articles SET year = 2023", "a year that is not that of published_on"),
        ("UPDATE articles SET captions = 'x'", "captions that are not those of its photos"),
        ("UPDATE article_versions SET seen_at = '0' WHERE version = 2", "version 2 of article 1"),
        ("UPDATE article_versions SET version = 3 WHERE version = 1", "not numbered 1, 2, 3"),
        ("UPDATE images SET digest = 'x'", "images: file 2 of article 1 has bytes but no capture"),
        ("UPDATE attachments SET capture = 1", "attachments: file 1 of article 1 has bytes but"),
        ("UPDATE images SET digest = 'x', capture = 1", "another digest than its capture"),
        ("UPDATE captures SET revisit_of = 1 WHERE id = 2", "capture 2 is a revisit"),
        ("UPDATE article_versions SET capture = 99", "points to a row of captures"),
        (
            "UPDATE images SET capture = 99, digest = 'x'",
            "images: row 1 points to a row of captures",
        ),
        *(
            (
                f"INSERT INTO visits (site, day, {values}",
                "visits of hoang-hoa on 2024-03-28 are not",
            )
            for values in (
                "basis, visits, low) VALUES ('hoang-hoa', '2024-03-28', 'exact', 5, 5)",
                "basis, visits, low) VALUES ('hoang-hoa', '2024-03-28', 'interval', 5, 5)",
                "basis, low, high) VALUES ('hoang-hoa', '2024-03-28', 'interval', 5, 5)",
                "basis, low) VALUES ('hoang-hoa', '2024-03-28', 'none', 5)",
                "basis) VALUES ('hoang-hoa', '2024-03-28', 'guess')",
            )
        ),
        ("UPDATE counters SET capture = 99", "counters: row 1 points to a row of captures"),
        ("UPDATE articles SET site = 'x'", "articles: row 1 points to a row of sites"),
    ],
)
def test_what_does_not_fit_is_named(archive, sql, words):
    assert find_problems(archive.db) == []
    see(archive, "2024-03-28T02:00:00Z")
    see(archive, "2024-03-29T02:00:00Z", edited(title="Khác"))
    capture(archive, "2024-03-29T02:00:00Z")
    archive.db.execute(
        "INSERT INTO counters (site, observed_at, capture) VALUES ('hoang-hoa', '2024', 3)"
    )
    archive.db.execute("PRAGMA foreign_keys = OFF")
    with pytest.raises(_UndoError), archive.transaction():
        archive.db.execute(sql)
        problems = find_problems(archive.db)
        raise _UndoError
    archive.db.execute("PRAGMA foreign_keys = ON")
    assert any(words in problem for problem in problems), problems


class _UndoError(Exception):
    pass


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')",
        "INSERT INTO articles_fts (rowid, title) VALUES (7, 'x')",
    ],
)
def test_an_index_that_is_out_of_step_is_found(archive, sql):
    see(archive, "2024-03-28T02:00:00Z")
    archive.db.execute(sql)
    assert find_problems(archive.db) == ["the full-text index does not agree with the articles"]
    archive.db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    assert find_problems(archive.db) == []


def test_looking_changes_nothing(archive):
    see(archive, "2024-03-28T02:00:00Z")
    before = rows(archive, "SELECT total_changes()")
    find_problems(archive.db)
    assert rows(archive, "SELECT title FROM articles_fts") == [("Đảng bộ huyện Hoằng Hóa họp",)]
    assert not archive.db.conn.in_transaction
    assert rows(archive, "SELECT total_changes()")[0][0] - before[0][0] <= 1
