"""The bus and the calls against a real RabbitMQ."""
