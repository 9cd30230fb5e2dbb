namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What an origin said when it was asked whether it wants to be watched (<c>/.well-known/alivemcp.json</c>).</summary>
public enum OwnerWish : byte
{
    NotAsked = 0,

    /// <summary>It has no wish, or none against it.</summary>
    MayWatch = 1,

    /// <summary><c>{"watch": false}</c>: nothing else was asked of it.</summary>
    Declines = 2,

    /// <summary>It could not be told.</summary>
    NoAnswer = 3,
}
