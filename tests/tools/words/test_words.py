"""Saying something instead of acting."""

import pytest

from llmsh.registry import derive
from llmsh.tools.words.answer import answer
from llmsh.tools.words.ask import ask
from llmsh.tools.words.refuse import refuse
from llmsh.types import LINE, Answer, Effects, Question, Refusal


@pytest.mark.parametrize(("say", "kind"), [(ask, Question), (answer, Answer), (refuse, Refusal)])
def test_words_keep_their_lines_and_touch_nothing(say, kind):
    assert say("one 一\ntwo") == kind(LINE, [("one 一",), ("two",)])
    tool = derive(say)
    assert (tool.in_session, tool.takes, tool.effects(given=None)) == (True, None, Effects())


@pytest.mark.parametrize("say", [ask, answer, refuse])
def test_examples_answer_in_the_language_of_the_request_with_whole_sentences(say):
    for example in derive(say).examples:
        text = example.plan.partition('("')[2].removesuffix('")')
        assert any("一" <= char <= "鿿" for char in text) == (example.language == "zh")
        assert text.endswith(("。", "！", "？") if example.language == "zh" else (".", "!", "?"))
