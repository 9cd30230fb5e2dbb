namespace AliveMcp.Drills.Town;

/// <summary>How the servers of one street behave. The number is the second octet of their addresses.</summary>
internal enum Manner
{
    Healthy = 1,

    /// <summary>Takes the connection and the request, and says nothing.</summary>
    Hanging = 2,

    /// <summary>Answers everything, each request after a second.</summary>
    Slow = 3,

    /// <summary>Nobody listens.</summary>
    Refused = 4,
}
