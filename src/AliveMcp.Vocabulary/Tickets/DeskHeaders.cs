namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What <c>PUT /prober/v1/contracts/{hash}</c> carries beside its body: the ticket that the contract was seen with.</summary>
public static class DeskHeaders
{
    /// <summary>Name of the prober.</summary>
    public const string Prober = "AliveMcp-Prober";

    /// <summary><c>tenant/server</c>.</summary>
    public const string Server = "AliveMcp-Server";

    /// <summary>The minute's count.</summary>
    public const string Minute = "AliveMcp-Minute";

    /// <summary>As the ticket carried it.</summary>
    public const string Signature = "AliveMcp-Signature";
}
