using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>Where a secret belongs that is not a server's. It is sealed for this place and opens in no other.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Thing">What kind of thing it is of, for example <c>sink</c>: lower case letters and underscores.</param>
/// <param name="Number">The thing's number, greater than 0.</param>
public readonly record struct ThingPlace(TenantId Tenant, string Thing, int Number)
{
    /// <summary>No place of a server reads like this: there a number stands in the middle.</summary>
    internal byte[] Bytes => Encoding.UTF8.GetBytes($"{Tenant}|{Thing}:{Number}");
}
