def test_x(postgresql, rabbitmq):
    rabbitmq.fresh_vhost()
    print("READY", postgresql.runner.folder, rabbitmq.runner.folder, postgresql.runner._pid, rabbitmq.runner._pid, flush=True)
    import threading; threading.Event().wait(100)
