using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>Where a secret belongs. It is sealed for this place and opens in no other.</summary>
/// <param name="Server">Whose.</param>
/// <param name="Purpose">What for, for example <c>probe</c>: lower case letters and underscores.</param>
public readonly record struct SecretPlace(ServerKey Server, string Purpose)
{
    /// <summary>A secret of the install itself, which is no tenant's.</summary>
    public static SecretPlace OfInstall(string purpose) => new(default, purpose);

    internal byte[] Bytes => Encoding.UTF8.GetBytes($"{Server.Tenant}|{Server.Server}|{Purpose}");
}
