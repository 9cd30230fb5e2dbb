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

    /// <summary>Healthy, on a street that the install takes for private: looked at in cells of its tenant alone.</summary>
    Inside = 5,

    /// <summary>Inside as well; its list of tools is small on the wire and huge in memory.</summary>
    Heavy = 6,
}
