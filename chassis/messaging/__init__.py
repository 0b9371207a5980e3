"""How events travel: checkpoints and holes, the in-process bus, RabbitMQ, and calls over it."""
