"""The tables the page is read from, as Django's models. It makes and changes none of them."""

from django.db import models


class Competition(models.Model):
    address = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    hosts = models.TextField()

    class Meta:
        managed = False
        db_table = "competition"


class Contest(models.Model):
    competition = models.ForeignKey(Competition, models.PROTECT, db_column="competition")
    address = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    occupation = models.CharField(max_length=100)
    occupation_code = models.CharField(max_length=20)
    groups = models.TextField()
    stage = models.CharField(max_length=16)

    class Meta:
        managed = False
        db_table = "contest"


class SchemeVersion(models.Model):
    version = models.SmallIntegerField()
    scheme = models.TextField()
    scheme_hash = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "scheme_version"


class Publication(models.Model):
    contest = models.ForeignKey(Contest, models.PROTECT, db_column="contest")
    version = models.SmallIntegerField()
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, db_column="scheme_version")
    published_at = models.DateTimeField()
    standings_hash = models.CharField(max_length=64)
    bundle_hash = models.CharField(max_length=64)
    counts = models.TextField()
    why_public = models.BooleanField()
    bundle_public = models.BooleanField()

    class Meta:
        managed = False
        db_table = "publication"


class PublishedLine(models.Model):
    publication = models.ForeignKey(Publication, models.PROTECT, db_column="publication")
    position = models.IntegerField()
    group_name = models.CharField(max_length=60)
    place = models.IntegerField()
    work_number = models.CharField(max_length=40)
    name = models.CharField(max_length=64)
    unit = models.CharField(max_length=200)
    total = models.CharField(max_length=24)
    modules = models.TextField()
    tied = models.BooleanField()
    decided_by = models.CharField(max_length=48)

    class Meta:
        managed = False
        db_table = "published_line"
