using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AliveMcp.Contracts;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>The text that a row's hash is of, made anew from the row: by other code than wrote it. Pure.</summary>
internal static class AuditText
{
    /// <summary>SHA-256 of the row's canonical JSON, 64 hex digits.</summary>
    public static string HashOf(AuditLine row) =>
        Convert.ToHexStringLower(
            SHA256.HashData(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(Members(row))))
        );

    private static Dictionary<string, object?> Members(AuditLine row) =>
        new(StringComparer.Ordinal)
        {
            ["v"] = 1,
            ["tenant"] = row.Chain.Value,
            ["seq"] = row.Seq,
            ["at"] = row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["layer"] = row.Layer,
            ["person"] = row.Person,
            ["key"] = row.Key,
            ["action"] = row.Action,
            ["target_kind"] = row.TargetKind,
            ["target"] = row.Target,
            ["why"] = row.Why,
            ["before"] = row.Before,
            ["after"] = row.After,
            ["prev"] = row.Prev,
        };
}
