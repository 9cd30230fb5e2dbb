using System.Globalization;
using System.Net;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Time;
using Dapper;
using Npgsql;

namespace AliveMcp.Journey.Tests.Install;

/// <summary>The embedded start in a folder of its own, as <c>alivemcp up</c> makes it: every process of it has a pid file and can be killed.</summary>
internal sealed class EmbeddedInstall : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-journey-");
    private ProgramUnderTest? _host;

    public async Task StartAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.CreateSubdirectory("run");
        File.Delete(Run("ready"));
        _host = ProgramUnderTest.Start(
            "AliveMcp.Host",
            [],
            new Dictionary<string, string>
            {
                ["Embedded__Folder"] = _folder.FullName,
                ["Embedded__ExitWithStdin"] = "true",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            }
        );
        await Eventually.GetAsync(
            () => Task.FromResult(File.Exists(Run("ready")) || _host.HasExited),
            ready => ready,
            TestInstall.Patience
        );
        Assert.False(_host.HasExited, _host.Output);
    }

    /// <summary>kill -9 of one process, by the name of its pid file.</summary>
    public async Task<int> KillAsync(string name)
    {
        var pid = Pid(name);
        using var process = System.Diagnostics.Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync();
        return pid;
    }

    public int Pid(string name) => int.Parse(File.ReadAllText(Run(name + ".pid")), CultureInfo.InvariantCulture);

    /// <summary>Waits until a process of this name runs under another number than before.</summary>
    public Task ComesBackAsync(string name, int before) =>
        Eventually.GetAsync(() => Task.FromResult(Pid(name)), pid => pid != before, TestInstall.Patience);

    /// <summary>What is archived, read past all code of ours; waits while the database is starting again.</summary>
    public async Task<IReadOnlyList<(int Server, int Minute, int State)>> ArchivedAsync()
    {
        var folder = Path.Combine(_folder.FullName, "postgres");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = IPAddress.Loopback.ToString(),
            Port = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "port")), CultureInfo.InvariantCulture),
            Username = "postgres",
            Password = (await File.ReadAllTextAsync(Path.Combine(folder, "password"))).Trim(),
            Database = "postgres",
            Pooling = false,
        };
        return await Eventually.GetAsync(
            async () => await TryReadAsync(settings.ConnectionString) ?? [],
            rows => rows.Count > 0,
            TestInstall.Patience
        );
    }

    /// <summary>Waits until every demo server has a minute after this one.</summary>
    public Task<IReadOnlyList<(int Server, int Minute, int State)>> ArchivedAfterAsync(int minute, int servers) =>
        Eventually.GetAsync(
            ArchivedAsync,
            rows => rows.Where(row => row.Minute > minute).Select(row => row.Server).Distinct().Count() >= servers,
            TestInstall.Patience
        );

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        foreach (var name in (string[])["postgres", "redis", "prober-local", "demo"])
        {
            await GoneAsync(name);
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Nothing outlives its parent.</summary>
    public Task GoneAsync(string name) =>
        Eventually.GetAsync(
            () => Task.FromResult(!File.Exists(Run(name + ".pid")) || !Directory.Exists($"/proc/{Pid(name)}")),
            gone => gone,
            TestInstall.Patience
        );

    private static async Task<IReadOnlyList<(int Server, int Minute, int State)>?> TryReadAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            var rows = await connection.QueryAsync<(int, int, int)>(
                "SELECT server_id, minute, state::int FROM archive.verdict_minute ORDER BY minute, server_id"
            );
            return [.. rows];
        }
        catch (NpgsqlException)
        {
            // It is just being killed, or is starting again.
            return null;
        }
    }

    private string Run(string file) => Path.Combine(_folder.FullName, "run", file);
}
