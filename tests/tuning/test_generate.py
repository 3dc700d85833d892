from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from llmsh.check import check
from llmsh.plan import parse
from llmsh.tuning.forms import Slot
from llmsh.tuning.generate import (
    AREAS,
    check_files,
    example_samples,
    generate,
    main,
    shipped_registry,
)  # fmt: skip
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_check import Source, grammar_errors
from llmsh.tuning.samples import read_samples
from llmsh.tuning.sampling import Sampler
from llmsh.tuning.slots import Slots
from llmsh.types import ROW_TYPES

COUNT = 400


@pytest.fixture(scope="module")
def registry():
    return shipped_registry()


@pytest.fixture(scope="module")
def samples(registry):
    return list(generate(7, COUNT, registry))


def test_every_block_of_every_template_is_right_in_form():
    errors = grammar_errors(Source(Grammar.load(), Slots.load(), shipped_registry()))
    assert [error.message for error in errors] == []


def test_every_tool_has_blocks():
    registry = shipped_registry()
    sampler = Sampler(Grammar.load(), Slots.load(), registry)
    assert [tool.name for tool in registry if tool.name not in sampler.by_tool] == []


def test_the_same_seed_gives_the_same_samples(registry, samples):
    assert list(generate(7, 60, registry)) == samples[:60]
    assert list(generate(8, 60, registry)) != samples[:60]


def test_the_plan_of_every_sample_is_canonical(registry, samples):
    for sample in samples:
        if sample.source.startswith("invented"):
            continue  # its tools are in no registry; see test_invented.py
        last = [fact.split(",")[0].removeprefix("last: ") for fact in sample.facts if fact.startswith("last: ")]
        kind = next((kind for kind in ROW_TYPES if [kind.__name__] == last), None)
        assert check(parse(sample.plan), registry, last=kind).text == sample.plan


def test_a_plan_starts_only_from_what_the_facts_name(samples):
    for sample in samples:
        facts = [fact.split(":")[0] for fact in sample.facts]
        assert "last" in facts or not sample.plan.startswith("last"), sample
        assert "stdin" in facts or not sample.plan.startswith("stdin"), sample


def test_a_question_back_follows_no_result_that_could_be_meant(registry):
    sampler = Sampler(Grammar.load(), Slots.load(), registry)
    blocks = [block for block in sampler.by_tool["ask"] if not (block.last or block.after)]
    drawn = [sampler.sample(block, Random(f"{block.line}/{number}")) for number in range(20) for block in blocks]
    assert any(sample.turns for sample in drawn)
    assert [sample for sample in drawn if any(fact.startswith("last:") for fact in sample.facts)] == []


def test_an_answer_follows_the_question_it_answers(registry):
    sampler = Sampler(Grammar.load(), Slots.load(), registry)
    blocks = [block for block in sampler.blocks if block.after.startswith("ask(")]
    assert blocks
    for block in blocks:
        assert sampler.sample(block, Random(1)).turns[0][1] == block.after


def test_a_slot_of_the_plan_before_has_the_value_that_it_has_there(registry):
    sampler = Sampler(Grammar.load(), Slots.load(), registry)
    made_before = [block for block in sampler.blocks if block.after == "make_folder({newfolder})"]
    blocks = [block for block in made_before if Slot("newfolder") in block.pattern]
    assert blocks
    for block in blocks:
        sample = sampler.sample(block, Random(block.line))
        made = parse(sample.turns[0][1]).steps[0].calls[0].args[0]
        assert str(made) in sample.plan, sample
        assert "last: Changes, 1 rows: " in "".join(sample.facts)


def test_a_turn_before_may_go_on_with_a_result_itself(registry):
    sampler = Sampler(Grammar.load(), Slots.load(), registry)
    block = next(block for block in sampler.blocks if block.last == "Files")
    turns = [sampler.sample(block, Random(seed)).turns[0][1] for seed in range(60)]
    assert 0 < sum(plan.startswith("last") for plan in turns) < 30


def test_every_area_that_has_a_share_is_one_of_the_grammar(registry):
    assert set(AREAS) <= set(Sampler(Grammar.load(), Slots.load(), registry).by_area)


def test_all_sources_and_both_languages_are_there(samples):
    sources = Counter(sample.source.split("/")[0] for sample in samples)
    languages = Counter(sample.language for sample in samples)
    assert set(sources) == {"grammar", "following", "invented"}
    assert min(sources.values()) > COUNT // 50
    assert languages["zh"] > COUNT // 4


def test_a_file_that_is_named_by_its_stem_is_among_the_names_here(registry):
    found = [sample for sample in generate(3, 300, registry) if any(fact.startswith("Here: ") for fact in sample.facts)]
    assert found
    for sample in found:
        names = next(fact for fact in sample.facts if fact.startswith("Here: ")).removeprefix("Here: ").split()
        assert all(name.rstrip("/").split(".")[0].lower() in sample.request.lower() for name in names if name.isascii())


def test_every_example_of_every_tool_is_a_sample(registry):
    samples = list(example_samples(registry))
    assert len(samples) == sum(len(tool.examples) for tool in registry)
    assert {sample.source for sample in samples} == {"examples"}


def test_a_plugin_that_ships_is_known_and_not_told(registry):
    sample = next(sample for sample in example_samples(registry) if sample.plan == "notes()")
    assert sample.facts == ()


def test_samples_are_written_as_json_lines(tmp_path, capsys):
    path = tmp_path / "out.jsonl"
    assert main(["--count", "5", "--seed", "2", "--out", str(path)]) == 0
    assert list(read_samples(str(path)))[-5:] == list(generate(2, 5, shipped_registry()))
    assert capsys.readouterr().out.endswith(f"samples in {path}\n")


def test_checking_a_file_shows_samples_and_names_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "area.txt"
    path.write_text("> read({file})\nen: read {file}\n\n> read({file}, first={file})\nen: {file}\n", encoding="utf-8")
    assert check_files(str(path)) == 1
    out, err = capsys.readouterr()
    assert "area.txt:1\n    read " in out
    assert f"{path}:4: first must be" in err


def test_a_broken_file_is_an_error_with_its_line(tmp_path, capsys):
    path = tmp_path / "area.txt"
    path.write_text("> read({file})\nen: (read {file}\n", encoding="utf-8")
    assert main(["--check", str(path)]) == 2
    assert f"{path}:2: a bracket is not closed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("> read({flie})\nen: {flie}", "there is no slot kind flie"),
        ("> find_files(<?>)\n? oldr\nen: files <?>", "there is no filter oldr"),
        ("~ last: Filez\n> last | count()\nen: how many", "there is no type Filez: last | count()"),
        ("> stdin | count()\nen: how many", "the plan starts from stdin: write ~ stdin before it: stdin | count()"),
        ("> last | count()\nen: how many", "there is no previous result that last could be: last | count()"),
    ],
)
def test_a_block_that_cannot_be_right_is_found(text, message, tmp_path):
    path = tmp_path / "area.txt"
    path.write_text(text + "\n", encoding="utf-8")
    source = Source(Grammar.load(only=str(path)), Slots.load(), shipped_registry())
    assert [error.message for error in grammar_errors(source, {"area"})] == [f"{path}:1: {message}"]
