from django.http import Http404


def intake(request, pk):
    raise Http404


def correct(request, pk, key):
    raise Http404


def confirm(request, pk):
    raise Http404


def discard(request, pk):
    raise Http404
