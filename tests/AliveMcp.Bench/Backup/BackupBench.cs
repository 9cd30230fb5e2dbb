using System.Globalization;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Bench.Backup;

/// <summary>How long a backup of a generated history takes, and the proof that it can be restored: by the commands that an operator runs.</summary>
internal static class BackupBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    public static async Task<int> RunAsync(int servers, int days, TextWriter output)
    {
        await using var storage = await TestStorage.CreateAsync();
        var shape = new HistoryShape
        {
            Until = MinuteStamp.Of(new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)),
            Days = days,
            Retention = RetentionClass.Months13,
        };
        var stories = new Storyteller(shape).Tell(TenantId.Local, 1, servers).ToList();
        var counts = await new HistoryWriter(storage.Doors).WriteAsync(stories, CancellationToken.None);
        var rows = counts.Days + counts.Hours + counts.Minutes;
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        var bytes = await connection.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())");
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{servers} servers, {days} days: {rows:#,0} rows, database {bytes / 1e6:0} MB"
            )
        );

        var folder = Directory.CreateTempSubdirectory("alivemcp-bench-backup-");
        try
        {
            var dump = Path.Combine(folder.FullName, "install.dump");
            var backup = await RunAsync(storage, output, "backup", dump);
            var size = new FileInfo(dump).Length;
            var check = await RunAsync(storage, output, "restore-check", dump);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"backup {Speed(bytes, rows, backup)}, dump {size / 1e6:0} MB; restore-check {Speed(bytes, rows, check)} ok"
                )
            );
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Speed(long bytes, long rows, TimeSpan took) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{took.TotalSeconds:0.0} s ({bytes / 1e6 / took.TotalSeconds:0.0} MB/s, {took.TotalMinutes / (rows / 1e6):0.00} min a million rows)"
        );

    private static async Task<TimeSpan> RunAsync(TestStorage storage, TextWriter output, string verb, string dump)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings__Redis"] = storage.Options.Redis,
        };
        var started = TimeProvider.System.GetTimestamp();
        await using var ops = ProgramUnderTest.Start("AliveMcp.Host", ["ops", verb, dump], settings);
        var code = await ops.WaitForExitAsync(Patience);
        var took = TimeProvider.System.GetElapsedTime(started);
        var lines = ops.Output.Split('\n');
        foreach (var line in lines.TakeLast(4))
        {
            await output.WriteLineAsync("  " + line);
        }

        return code == 0 ? took : throw new InvalidOperationException($"ops {verb} ended with {code}: {ops.Output}");
    }
}
