namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Which of a region's queues a ticket waits in. The numbers are signed with tickets.</summary>
public enum Lane : byte
{
    /// <summary>Servers without credentials at public addresses: one process may probe all of them.</summary>
    Shared = 0,

    /// <summary>Servers with a credential or in private ranges: probed in a process that serves one tenant.</summary>
    Isolated = 1,

    /// <summary>A person waits: live looks of the wizard and of "look now".</summary>
    Now = 2,
}
