"""What a typed pattern must hold so that Amplify accepts it and it is safe."""

from ace_flow.rules.unrun import without_generators
from ace_flow.rules.verify import verify

__all__ = ["verify", "without_generators"]
