using AliveMcp.Contracts;

namespace AliveMcp.Probing.Judging;

/// <summary>How the reading of a tool list ended.</summary>
internal enum ListEnd : byte
{
    Whole,

    /// <summary>A page did not come: <see cref="ListSighting.Stop"/> says why.</summary>
    Stopped,

    /// <summary>The result has no array <c>tools</c>.</summary>
    NoArray,

    /// <summary><c>nextCursor</c> is there and is neither text nor null.</summary>
    OddCursor,

    /// <summary>In the discover era, the result is not a complete one.</summary>
    OddResultType,
    Endless,
    TooManyTools,
    TooManyPages,

    /// <summary>All pages together are longer than one body may be.</summary>
    TooManyBytes,
}

/// <summary>What was seen of a tool list.</summary>
internal sealed record ListSighting
{
    public required ListEnd End { get; init; }

    public Stop? Stop { get; init; }

    public int ToolCount { get; init; }

    public IReadOnlyList<ToolFault> Faults { get; init; } = [];

    /// <summary>Names of the whole list; null when it is not whole, or nobody asks for names.</summary>
    public IReadOnlySet<string>? Names { get; init; }
}
