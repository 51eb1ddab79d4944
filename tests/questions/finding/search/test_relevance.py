"""What readers type, and the question that must be among the first three."""

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from questions.finding.search.results import Search
from questions.models import Question
from questions.question_set import fixtures

# Words, as they are typed; phrases; codes; technical tokens; abbreviations; mistyped words; whole questions.
RELEVANCE = """
decorator                       PY-INT-002
decorators                      PY-INT-002
decorating functions            PY-INT-002
functools.wraps                 PY-INT-002
metaclass                       PY-ADV-001
metaclas                        PY-ADV-001
metaclasses                     PY-ADV-001
generator                       PY-INT-004
big file                        PY-INT-004
large file                      PY-INT-004
huge files                      PY-INT-004
gil                             PY-INT-007
GIL                             PY-INT-007
global interpreter lock         PY-INT-007
threads race                    PY-INT-007
asyncio                         PY-ADV-003
asynch io                       PY-ADV-003
multiprocessing                 PY-ADV-003
multiprocesing                  PY-ADV-003
gc                              PY-ADV-002
garbage collector               PY-ADV-002
garbage collection              PY-ADV-002
reference counting              PY-ADV-002
__slots__                       PY-ADV-002
type hints                      PY-ADV-004
mypy                            PY-ADV-004
singleton                       PY-ADV-005
design paterns                  PY-ADV-005
list tuple                      PY-BEG-001
tupel                           PY-BEG-001
what is the difference between a list and a tuple?  PY-BEG-001
break continue                  PY-BEG-002
is vs ==                        PY-BEG-003
==                              PY-BEG-003
identity equality               PY-BEG-003
self                            PY-BEG-004
try/except                      PY-BEG-005
finally                         PY-BEG-005
exception                       PY-BEG-005
comprehension                   PY-BEG-006
listcomp                        PY-BEG-006
*args                           PY-BEG-007
**kwargs                        PY-BEG-007
*args **kwargs                  PY-BEG-007
mutable default                 PY-BEG-008
"mutable default argument"      PY-BEG-008
virtualenv                      PY-BEG-009
venv                            PY-BEG-009
deepcopy                        PY-INT-001
shallow copy                    PY-INT-001
context manager                 PY-INT-003
with statement                  PY-INT-003
pytest fixture                  PY-INT-005
pytest parametrise              PY-INT-005
mocking                         PY-INT-005
dataclass                       PY-INT-006
pydantic                        PY-INT-006
typeddict                       PY-INT-006
fastapi                         PY-INT-008
circular import                 PY-INT-009
circular imports -decorator     PY-INT-009
LLM                             AI-BEG-001
large language model            AI-BEG-001
context window                  AI-BEG-002
tokens                          AI-BEG-002
prompt                          AI-BEG-003
hallucinate                     AI-BEG-004
hallucination                   AI-BEG-004
halucination                    AI-BEG-004
top_p                           AI-INT-001
temperature                     AI-INT-001
embedding                       AI-INT-002
semantic search                 AI-INT-002
json output                     AI-INT-003
structured output               AI-INT-003
tool calling                    AI-INT-004
function calling                AI-INT-004
MCP                             AI-INT-004
latency                         AI-INT-005
prompt injection                AI-INT-006
prompt injecton                 AI-INT-006
RAG                             AI-ADV-001
retrieval augmented generation  AI-ADV-001
retreival augmented             AI-ADV-001
agents                          AI-ADV-002
fine-tuning                     AI-ADV-003
finetuning                      AI-ADV-003
lora                            AI-ADV-003
few-shot                        AI-ADV-004
llm evaluation                  AI-MLO-001
supervised                      ML-BEG-001
k-means                         ML-BEG-001
kmeans                          ML-BEG-001
regression                      ML-BEG-002
validation set                  ML-BEG-003
overfitting                     ML-BEG-004
overfiting                      ML-BEG-004
feature scaling                 ML-BEG-005
confusion matrix                ML-BEG-006
F1                              ML-BEG-006
random forest                   ML-INT-001
L1/L2                           ML-INT-002
regularization                  ML-INT-002
bias variance                   ML-INT-002
CV                              ML-INT-003
cross validation                ML-INT-003
data leakage                    ML-INT-003
gradient boosting               ML-INT-004
gradiant boosting               ML-INT-004
ROC-AUC                         ML-INT-005
roc auc                         ML-INT-005
vanishing gradient              ML-ADV-001
resnet                          ML-ADV-001
attention                       ML-ADV-002
transformer                     ML-ADV-002
RNN                             ML-ADV-002
O(n^2)                          ML-ADV-002
feature store                   ML-ADV-003
SGD                             ML-ADV-004
batch size                      ML-ADV-004
model drift                     ML-MLO-001
concept drift                   ML-MLO-001
py-adv-004                      PY-ADV-004
PY-ADV-004                      PY-ADV-004
ADV-004                         PY-ADV-004
"""
ROWS = [line.rsplit(maxsplit=1) for line in RELEVANCE.strip().splitlines()]


@pytest.fixture(scope="module")
def codes(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> object:
    """The question set, loaded once for the whole table; yields each question's code by id."""
    with django_db_blocker.unblock():
        call_command("loaddata", *fixtures(), verbosity=0)
        yield dict(Question.objects.values_list("pk", "code"))
        call_command("flush", interactive=False, verbosity=0)


def test_the_table_has_its_rows() -> None:
    assert len(ROWS) >= 80


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "code"), ROWS, ids=[text for text, _ in ROWS])
def test_what_is_meant_is_among_the_first_three(codes: dict[int, str], text: str, code: str) -> None:
    assert code in [codes[pk] for pk in Search(text).ids({})[:3]]
