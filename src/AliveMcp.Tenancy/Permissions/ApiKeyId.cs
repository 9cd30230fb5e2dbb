using System.Globalization;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>The number of a tenant's key. Not secret, and good for nothing without the token.</summary>
public readonly record struct ApiKeyId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
