namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What <c>PUT /prober/v1/contracts/{hash}</c> carries beside its body: the ticket that the contract was seen with, and the conditions under which it was taken.</summary>
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

    /// <summary>The endpoint that showed the list, percent-encoded; absent from older probers, like the two that follow.</summary>
    public const string Url = "AliveMcp-Url";

    /// <summary>As whom it was asked for: the credential's identity, percent-encoded; absent for a stranger.</summary>
    public const string Credential = "AliveMcp-Credential";

    /// <summary>The protocol version agreed on, percent-encoded; absent when not seen.</summary>
    public const string Protocol = "AliveMcp-Protocol";
}
