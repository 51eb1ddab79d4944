"""Questions that are hard to give away unharmed."""

from datetime import date

import pytest

from questions.models import FollowUp, Question
from tests.conftest import Bank

HOSTILE = """=HYPERLINK("http://evil.example")

```python
print("a, b", '=1+1', "</script>")
```

- *one*; “two”, \t🐍 &amp; <b>three</b>"""

# With whatever could be taken for the next follow-up, a heading, or the end of a block of code.
ANSWER = """    indented code first

It *depends*: → [PY-BEG-002](x) → PY-BEG-004

1. one
   - nested
2. two

## Answer

```python
    print("=1+1", '</script>')

```
~~~
not closed; “two”, \t🐍 &amp; <b>three</b>"""


@pytest.fixture
def hostile(bank: Bank) -> Question:
    """A question with something in every field, and everything that separates, escapes or starts in some format."""
    question = bank.add(
        title='=What do *args, **kwargs and __init__ mean in C#, "quoted" & <b>bold</b>?',
        answer=HOSTILE,
        explanation="@SUM(A1)\r\nwith a Windows line",
        example="\tindented\n\n    code\n",
        mistakes="- one\n- two",
        scenario="'quoted' and more",
        also_asked="- =How do `*` and `**` differ?\n- Splat, as in Ruby",
        references="- [Docs](https://example.org/?a=1&b=2)",
        verified_for="Python 3.11–3.14",
        review_by=date(2999, 3, 31),
    )
    published, draft = bank.add("PY-BEG-002"), bank.add("PY-BEG-003", status="draft")
    FollowUp.objects.create(
        question=question, position=1, text="=And <b>then</b>?", answer=ANSWER, answered_by=published
    )
    FollowUp.objects.create(question=question, position=2, text="And in secret?", answered_by=draft)
    FollowUp.objects.create(question=question, position=3, text="And alone?")
    return Question.objects.get(pk=question.pk)
