namespace AliveMcp.Vocabulary;

/// <summary>How the door answers a stranger: another axis than the state, never a state. The numbers are stored.</summary>
public enum Access : byte
{
    /// <summary>Not known: the probe did not come as far as the door.</summary>
    Unknown = 0,

    /// <summary>Anybody is let in.</summary>
    Open = 1,

    /// <summary>Refuses politely: 401 that says how to sign in.</summary>
    Protected = 2,

    /// <summary>Refuses without a way in.</summary>
    Misconfigured = 3,
}
