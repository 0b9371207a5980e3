"""How a name is shown in public: enough for the family to find itself, no more."""


def masked(name: str) -> str:
    """Return 张*明 for 张小明, 张* for 张明."""
    if len(name) <= 2:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
