namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Names of policies: what somebody must be allowed to do. Use with <c>RequireAuthorization</c>.</summary>
public static class Can
{
    /// <summary>Read the servers of the own tenant, private ones included.</summary>
    public const string ReadServers = "read_servers";

    /// <summary>Create, change, pause and erase servers of the own tenant.</summary>
    public const string WriteServers = "write_servers";
}
