namespace AliveMcp.Testing.History;

/// <summary>Who looks at a server.</summary>
public enum LookStyle
{
    /// <summary>One region, the only one there is.</summary>
    OneRegion = 0,

    /// <summary>Three regions in every minute.</summary>
    ThreeRegions = 1,

    /// <summary>Three regions by turn: the server issues sessions.</summary>
    ByTurn = 2,

    /// <summary>Five regions in every minute.</summary>
    FiveRegions = 3,
}
