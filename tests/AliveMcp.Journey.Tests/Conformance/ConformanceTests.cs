using System.Diagnostics;
using System.Text;
using AliveMcp.Journey.Tests.Witness;

namespace AliveMcp.Journey.Tests.Conformance;

/// <summary>The official conformance suite drives our probe through every client scenario that a revision requires.</summary>
public sealed class ConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("2025-11-25", "initialize", "tools_call", "sse-retry")]
    [InlineData("2026-07-28", "tools_call", "request-metadata", "http-standard-headers", "http-custom-headers")]
    [InlineData("2026-07-28", "http-invalid-tool-headers", "json-schema-ref-no-deref")]
    public async Task The_probe_passes_what_a_revision_requires_of_clients_but_for_what_no_prober_does(
        string revision,
        params string[] scenarios
    )
    {
        var (code, said) = await Runs.GetAsync(revision);

        Assert.True(code == 0, said);
        Assert.All(scenarios, scenario => Assert.Contains($"✓ {scenario}: ", said, StringComparison.Ordinal));
    }

    /// <summary>One run for each revision, one after the other.</summary>
    private static class Runs
    {
        private static readonly SemaphoreSlim Turn = new(1);
        private static readonly Dictionary<string, (int Code, string Said)> Done = new(StringComparer.Ordinal);

        public static async Task<(int Code, string Said)> GetAsync(string revision)
        {
            await Turn.WaitAsync();
            try
            {
                if (!Done.TryGetValue(revision, out var run))
                {
                    Done[revision] = run = await RunAsync(revision);
                }

                return run;
            }
            finally
            {
                Turn.Release();
            }
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string revision)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AliveMcp.Conformance.dll");
        var expected = Path.Combine(AppContext.BaseDirectory, "expected-failures.yml");
        var one = Path.Combine(Path.GetTempPath(), $"alivemcp-conformance-{Guid.NewGuid():n}");
        var start = new ProcessStartInfo(RealServersFolder.Node)
        {
            WorkingDirectory = RealServersFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // The suite starts all its clients at once; the lock lets them take turns, so that none is late for want of a processor.
        string[] arguments =
        [
            "./node_modules/@modelcontextprotocol/conformance/dist/index.js",
            "client",
            "--command",
            $"flock '{one}' dotnet '{program}'",
            "--requirements",
            revision,
            "--timeout",
            "240000",
            "--expected-failures",
            expected,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var suite = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var said = await Task.WhenAll(
                suite.StandardOutput.ReadToEndAsync(limit.Token),
                suite.StandardError.ReadToEndAsync(limit.Token)
            );
            await suite.WaitForExitAsync(limit.Token);
            return (suite.ExitCode, string.Join('\n', said));
        }
        finally
        {
            suite.Kill(entireProcessTree: true);
            File.Delete(one);
        }
    }
}
