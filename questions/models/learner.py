"""Who practises."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

NEW_KEPT = timedelta(days=30)  # without a single review
IDLE_KEPT = timedelta(days=400)  # after the last one, as long as browsers keep a cookie


def digest_of(key: str) -> str:
    """What the database knows a learner's key by: of 128 random bits nobody finds the key that made a digest."""
    return sha256(key.encode()).hexdigest()


class LearnerQuerySet(models.QuerySet["Learner"]):
    def with_key(self, key: str) -> "Learner | None":
        return self.filter(key_digest=digest_of(key)).first()

    def forgotten(self) -> "LearnerQuerySet":
        """Those who have stayed away for too long; accounts are kept for as long as they are there."""
        now = timezone.now()
        never = models.Q(reviewed_at=None, created_at__lt=now - NEW_KEPT)
        return self.filter(never | models.Q(reviewed_at__lt=now - IDLE_KEPT), user=None)


class Learner(models.Model):
    """Somebody who practises: known by a key that their browser keeps, or by their account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="learner")
    key_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (unique, and accounts have none)
    zone = models.CharField(max_length=64, default="UTC")  # an IANA name
    retention = models.FloatField(default=0.9, validators=[MinValueValidator(0.8), MaxValueValidator(0.95)])
    minutes = models.PositiveSmallIntegerField(default=15, validators=[MinValueValidator(1), MaxValueValidator(480)])
    new_a_day = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(100)])
    interview_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)  # when the plan to that day was made
    created_at = models.DateTimeField(default=timezone.now)
    reviewed_at = models.DateTimeField(null=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="learner_by_key_or_account",
                condition=models.Q(user=None, key_digest__isnull=False) | models.Q(user__isnull=False, key_digest=None),
            ),
        ]
        indexes: ClassVar = [
            # Those to forget.
            models.Index(fields=["reviewed_at", "created_at"], name="learner_idle"),
        ]

    def __str__(self) -> str:
        return f"Learner {self.pk}"

    @property
    def kept_until(self) -> datetime | None:
        """When all of it goes unless there is another review; None for an account."""
        if self.user_id:
            return None
        return self.reviewed_at + IDLE_KEPT if self.reviewed_at else self.created_at + NEW_KEPT
