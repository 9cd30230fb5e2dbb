using Npgsql;

namespace AliveMcp.Testing.History;

/// <summary>Writes down when servers were watched.</summary>
internal static class HistoryPeriods
{
    private const string Copy = """
        COPY archive.watch_period (server_id, from_minute, to_minute, weight, tenant_id) FROM STDIN (FORMAT binary)
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection,
        IEnumerable<ServerStory> stories,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var story in stories)
        {
            foreach (var span in story.Watched)
            {
                copy.StartRow();
                copy.Write(story.Server.Server.Value);
                copy.Write(span.From.Value);
                if (span.To is { } to)
                {
                    copy.Write(to.Value);
                }
                else
                {
                    copy.WriteNull();
                }

                copy.Write((short)span.Weight);
                copy.Write(story.Server.Tenant.Value);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
