namespace AliveMcp.Vocabulary;

/// <summary>A server together with its owner: the key of everything that is stored or queued, so that no key forgets its tenant.</summary>
public readonly record struct ServerKey(TenantId Tenant, ServerId Server)
{
    /// <summary>Reads <c>tenant/server</c>, two numbers.</summary>
    public static bool TryParse(string? text, out ServerKey key)
    {
        key = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (
            slash <= 0
            || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var server)
        )
        {
            return false;
        }

        key = new ServerKey(new TenantId(tenant), new ServerId(server));
        return true;
    }

    public override string ToString() => $"{Tenant}/{Server}";
}
