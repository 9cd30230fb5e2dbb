namespace AliveMcp.Testing.History;

/// <summary>What is seen in a spell.</summary>
public enum SpellKind
{
    /// <summary>All is well: only of use with maintenance.</summary>
    Well = 0,

    /// <summary>Every region is answered, too slowly: degraded.</summary>
    Slow = 1,

    /// <summary>One region of several fails: degraded.</summary>
    Regional = 2,

    /// <summary>Nothing is answered: down.</summary>
    Down = 3,

    /// <summary>We could not look and said so: a sealed unknown.</summary>
    Blind = 4,

    /// <summary>Nothing was kept at all, as after a loss of Redis: unknown because it is missing.</summary>
    Lost = 5,
}
