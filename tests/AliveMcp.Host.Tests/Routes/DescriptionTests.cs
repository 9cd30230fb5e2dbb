using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>The API's description: kept as a file, complete, and good enough for a generator that others wrote.</summary>
public sealed class DescriptionTests(Replicas replicas) : IClassFixture<Replicas>
{
    private static readonly string Kept = Path.Combine(Repository.Root, "docs", "openapi.json");
    private static readonly string Client = Path.Combine(Repository.Root, "tests", "api-client");

    [Fact]
    public async Task What_is_described_is_what_is_kept()
    {
        var text = (await ReadAsync()).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("ALIVEMCP_WRITE_DOCS") is "1")
        {
            await File.WriteAllTextAsync(Kept, text);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(Kept));
    }

    [Fact]
    public async Task Every_route_of_the_API_is_described_with_a_name_a_summary_and_how_it_says_no()
    {
        var paths = JsonNode.Parse(await ReadAsync())!["paths"]!.AsObject();
        var operations = paths.SelectMany(path =>
            path.Value!.AsObject().Select(one => (Route: $"{one.Key} {path.Key}", one.Value))
        );
        var routes = HostRoute
            .AllOf(replicas.App)
            .Where(route => route.Path.StartsWith("/api/v1/", StringComparison.Ordinal));

        Assert.Equal(routes.Count(), operations.Count());
        Assert.All(
            operations,
            one =>
            {
                Assert.True(one.Value!["operationId"] is not null, $"{one.Route} has no name");
                Assert.True(one.Value["summary"] is not null, $"{one.Route} has no summary");
                Assert.True(one.Value["responses"]!["default"] is not null, $"{one.Route} does not say no");
                Assert.True(one.Value["security"] is not null, $"{one.Route} does not say to whom it is open");
            }
        );
    }

    [Fact]
    public async Task A_generated_client_compiles_and_works_against_a_real_Host()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Client, "generated")).FullName;
        var description = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(description, await ReadAsync());

        await RunAsync("openapi-typescript", description, "-o", Path.Combine(folder, "schema.d.ts"));
        await RunAsync("tsc", "-p", Client);
        var token = await replicas.KeyAsync(Replicas.Alices, "admin");
        var told = await RunAsync(
            "node",
            Path.Combine(folder, "out", "client.js"),
            replicas.Urls[0].ToString().TrimEnd('/'),
            token
        );

        Assert.Equal("5 by-client read by-client server_not_found", told.Trim());
    }

    private async Task<string> ReadAsync() => (await Knock.AtAsync(replicas.Urls[1], "GET", "/openapi/v1.json")).Text;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var own = Path.Combine(Client, "node_modules", ".bin", program);
        var start = new ProcessStartInfo(File.Exists(own) ? own : program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Client,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await error}");
        return await output;
    }
}
