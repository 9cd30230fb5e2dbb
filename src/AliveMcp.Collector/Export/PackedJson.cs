using System.IO.Compression;
using System.Text.Json;
using AliveMcp.Storage.Export;

namespace AliveMcp.Collector.Export;

/// <summary>Unpacks JSON that a prober brought: a stranger's, so bounded and read before it is written on.</summary>
internal static class PackedJson
{
    /// <summary>A list of tools has 4 MiB at most.</summary>
    private const int MostBytes = 5 * 1024 * 1024;

    /// <summary>On one line; null when it is not what a prober packs.</summary>
    public static RawJson? Read(byte[] packed)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = gzip.Read(buffer)) > 0)
            {
                unpacked.Write(buffer, 0, read);
                if (unpacked.Length > MostBytes)
                {
                    return null;
                }
            }

            using var document = JsonDocument.Parse(unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length));
            return new RawJson(JsonSerializer.Serialize(document.RootElement));
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
