using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Cli.Export;

/// <summary>Holds a file against the manifest at its end. What broke off has none.</summary>
internal static class ExportedFile
{
    /// <returns>The manifest; null when there is none, or when the file is not what it says.</returns>
    public static async Task<ExportedManifest?> CheckAsync(string path, bool isCsv, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return isCsv ? await TablesAsync(path, cancellationToken) : await LinesAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static async Task<ExportedManifest?> LinesAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        if (await ManifestAtEndAsync(stream, cancellationToken) is not { } manifest)
        {
            return null;
        }

        stream.Position = 0;
        foreach (var surface in manifest.Surfaces)
        {
            if (await HashAsync(stream, surface.Bytes, cancellationToken) != surface.Sha256)
            {
                return null;
            }
        }

        return manifest;
    }

    private static async Task<ExportedManifest?> ManifestAtEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        // A manifest is a line of a kilobyte or two.
        const int most = 64 * 1024;
        stream.Position = Math.Max(0, stream.Length - most);
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var end = await reader.ReadToEndAsync(cancellationToken);
        var line = end.TrimEnd('\n').Split('\n')[^1];
        return end.EndsWith('\n') ? Read(Encoding.UTF8.GetBytes(line)) : null;
    }

    private static async Task<ExportedManifest?> TablesAsync(string path, CancellationToken cancellationToken)
    {
        await using var zip = await ZipFile.OpenReadAsync(path, cancellationToken);
        if (zip.GetEntry("manifest.json") is not { } entry)
        {
            return null;
        }

        await using var text = await entry.OpenAsync(cancellationToken);
        var manifest = await JsonSerializer.DeserializeAsync(
            text,
            ExportJson.Default.ExportedManifest,
            cancellationToken
        );
        foreach (var surface in manifest?.Surfaces ?? [])
        {
            if (zip.GetEntry(surface.Name + ".csv") is not { } table)
            {
                return null;
            }

            await using var rows = await table.OpenAsync(cancellationToken);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(rows, cancellationToken)) != surface.Sha256)
            {
                return null;
            }
        }

        return manifest;
    }

    private static ExportedManifest? Read(byte[] json) =>
        JsonSerializer.Deserialize(json, ExportJson.Default.ExportedManifest) is { Kind: "manifest" } manifest
            ? manifest
            : null;

    private static async Task<string> HashAsync(Stream stream, long bytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        while (bytes > 0)
        {
            var read = await stream.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length)),
                cancellationToken
            );
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            bytes -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
