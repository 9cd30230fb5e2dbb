using System.Security.Cryptography;
using System.Text;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Testing.Rooms;

/// <summary>API keys for people in tests.</summary>
public static class TestKeys
{
    /// <summary>Gives a tenant a key with one scope.</summary>
    /// <returns>The token.</returns>
    public static async Task<string> GiveAsync(PostgresDoors doors, TenantId tenant, string scope)
    {
        const string letters = "abcdefghijklmnopqrstuvwxyz234567";
        var (prefix, secret) = (
            RandomNumberGenerator.GetString(letters, 12),
            RandomNumberGenerator.GetString(letters, 40)
        );
        var token = $"amcp_live_{prefix}{secret}";
        await using var connection = await doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO tenancy.api_key (tenant_id, prefix, secret_hash, name, scopes)
            VALUES (@tenant, @prefix, @hash, 'a test''s', ARRAY[@scope])
            """,
            new
            {
                tenant = tenant.Value,
                prefix,
                hash = SHA256.HashData(Encoding.ASCII.GetBytes(token)),
                scope,
            }
        );
        return token;
    }
}
