"""Real PostgreSQL and RabbitMQ for the tests, and how they are found, started and ended."""
