"""The sentences that analysis and the engine can say, and how they are translated."""

from mainstay.analysis.said.known import is_known, translated

__all__ = ["is_known", "translated"]
