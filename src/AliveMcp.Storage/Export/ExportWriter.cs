using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace AliveMcp.Storage.Export;

/// <summary>Writes surfaces to a stream, a row at a time: what it holds in memory does not grow with what there is.</summary>
public static class ExportWriter
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>One stream of lines: every surface's rows, then the manifest.</summary>
    public static async Task WriteLinesAsync(
        Stream output,
        IEnumerable<ExportSurface> surfaces,
        ExportAsk ask,
        ExportManifest head,
        CancellationToken cancellationToken
    )
    {
        var counts = new List<ExportCount>();
        foreach (var surface in surfaces)
        {
            using var file = new CountedFile(output);
            await foreach (var row in surface.Rows(ask, cancellationToken).WithCancellation(cancellationToken))
            {
                await file.WriteAsync(ExportLines.Json(surface, row), isRow: true, cancellationToken);
            }

            counts.Add(await file.EndAsync(surface.Name, cancellationToken));
        }

        await JsonSerializer.SerializeAsync(
            output,
            head with
            {
                Surfaces = counts,
            },
            ExportJson.Default.ExportManifest,
            cancellationToken
        );
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>A ZIP archive: a CSV table for each surface, then <c>manifest.json</c>.</summary>
    public static async Task WriteTablesAsync(
        Stream output,
        IEnumerable<ExportSurface> surfaces,
        ExportAsk ask,
        ExportManifest head,
        CancellationToken cancellationToken
    )
    {
        await using var late = new LateStream(output);
        var archive = await ZipArchive.CreateAsync(
            late,
            ZipArchiveMode.Create,
            leaveOpen: true,
            entryNameEncoding: null,
            cancellationToken
        );
        await using (archive)
        {
            var counts = new List<ExportCount>();
            foreach (var surface in surfaces)
            {
                await using var entry = await OpenAsync(
                    archive,
                    surface.Name + ".csv",
                    head.TakenAt,
                    cancellationToken
                );
                using var file = new CountedFile(entry);
                await file.WriteAsync(ExportLines.Csv(surface.Columns), isRow: false, cancellationToken);
                await foreach (var row in surface.Rows(ask, cancellationToken).WithCancellation(cancellationToken))
                {
                    await file.WriteAsync(ExportLines.Csv(row), isRow: true, cancellationToken);
                }

                counts.Add(await file.EndAsync(surface.Name, cancellationToken));
            }

            await using var manifest = await OpenAsync(archive, "manifest.json", head.TakenAt, cancellationToken);
            await JsonSerializer.SerializeAsync(
                manifest,
                head with
                {
                    Surfaces = counts,
                },
                ExportJson.Default.ExportManifest,
                cancellationToken
            );
        }

        await late.FlushAsync(cancellationToken);
    }

    private static Task<Stream> OpenAsync(
        ZipArchive archive,
        string name,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = at;
        return entry.OpenAsync(cancellationToken);
    }

    /// <summary>Counts and hashes what goes through.</summary>
    private sealed class CountedFile(Stream output) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly MemoryStream _waiting = new(FlushBytes * 2);
        private long _rows;
        private long _bytes;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> line, bool isRow, CancellationToken cancellationToken)
        {
            _hash.AppendData(line.Span);
            _rows += isRow ? 1 : 0;
            _bytes += line.Length;
            _waiting.Write(line.Span);
            if (_waiting.Length >= FlushBytes)
            {
                await FlushAsync(cancellationToken);
            }
        }

        public async Task<ExportCount> EndAsync(string name, CancellationToken cancellationToken)
        {
            await FlushAsync(cancellationToken);
            return new ExportCount(name, _rows, _bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        }

        public void Dispose()
        {
            _hash.Dispose();
            _waiting.Dispose();
        }

        private async Task FlushAsync(CancellationToken cancellationToken)
        {
            await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancellationToken);
            _waiting.SetLength(0);
        }
    }
}
