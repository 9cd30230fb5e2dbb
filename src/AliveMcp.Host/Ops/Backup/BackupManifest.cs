using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>What lies beside a dump: what the dump must be, and what the tables held at the very moment it shows.</summary>
internal sealed record BackupManifest
{
    public required int Version { get; init; }

    /// <summary>When the snapshot was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>For example 15.</summary>
    public required int ServerMajor { get; init; }

    /// <summary>Length of the dump.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the dump, 64 hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<TableSum> Tables { get; init; }

    public static string PathOf(string dump) => dump + ".manifest.json";

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(
            path,
            JsonSerializer.Serialize(this, BackupJson.Default.BackupManifest) + "\n",
            cancellationToken
        );

    /// <exception cref="BackupException">It is missing, or no manifest.</exception>
    public static async Task<BackupManifest> ReadAsync(string dump, CancellationToken cancellationToken)
    {
        var path = PathOf(dump);
        try
        {
            await using var stream = File.OpenRead(path);
            var manifest = await JsonSerializer.DeserializeAsync(
                stream,
                BackupJson.Default.BackupManifest,
                cancellationToken
            );
            return manifest is { Version: 1 }
                ? manifest
                : throw new BackupException($"{path} is a manifest of a version that this program does not know.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BackupException(
                $"The manifest of the backup cannot be read: {path}. 'alivemcp ops backup' writes it beside the dump; keep the two together. ({fault.Message})",
                fault
            );
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
