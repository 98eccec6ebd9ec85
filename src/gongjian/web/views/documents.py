from django.http import Http404


def documents(request):
    raise Http404
