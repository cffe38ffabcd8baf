"""What the command line can do, over HTTP and for agents: jobs on warm workers, with bounds, that survive a restart.

``make_app(settings)`` (:mod:`carmina_service.app`) is the application; others mount routes of their own on it and reach
the :class:`~carmina_service.service.Service` as ``app.state.service``: ``await service.call("module:function", ...)``
runs a quick function on a warm worker, ``await service.submit(client, operation, options, files)`` starts a job.
"""
