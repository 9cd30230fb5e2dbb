using System.Text;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Probe;

/// <summary>Every way to show who asks, from the command line to a guarded server.</summary>
public sealed class CredentialTests
{
    private const string Planted = "planted 5f: 9c/Zq";

    [Fact]
    public async Task A_password_lets_in_and_is_printed_nowhere()
    {
        const string variable = "ALIVEMCP_TEST_BASIC";
        Environment.SetEnvironmentVariable(variable, $"alice:{Planted}");
        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice:{Planted}"))}";
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => seen.Header("Authorization") == expected)
        );

        var call = await ProbeAsync(server, "--basic-env", variable, "--trace");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Contains("✓ LIVE", call.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, call.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(expected["Basic ".Length..], call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_a_header_lets_in()
    {
        const string variable = "ALIVEMCP_TEST_HEADER";
        Environment.SetEnvironmentVariable(variable, Planted);
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => seen.Header("X-API-Key") == Planted)
        );

        var call = await ProbeAsync(server, "--header-env", $"X-API-Key={variable}", "--json");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.DoesNotContain(Planted, call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_are_exchanged_for_a_token_that_lets_in()
    {
        const string variable = "ALIVEMCP_TEST_CLIENT";
        Environment.SetEnvironmentVariable(variable, FakeAuthorizationServer.Secret);
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens
                .Guarded(seen => issuer.Accepts(seen.Header("Authorization")))
                .Describing(Specimens.Resource(issuer.Issuer))
        );

        var call = await ProbeAsync(
            server,
            "--oauth-token-url",
            issuer.TokenEndpoint.AbsoluteUri,
            "--oauth-client-id",
            FakeAuthorizationServer.Client,
            "--oauth-secret-env",
            variable,
            "--oauth-scope",
            "tools:read",
            "--trace"
        );

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        var asked = Assert.Single(issuer.Requests, seen => seen.Path == "/token");
        Assert.Equal("tools:read", FakeAuthorizationServer.Form(asked)["scope"]);
        Assert.All(issuer.Tokens, token => Assert.DoesNotContain(token, call.Out, StringComparison.Ordinal));
        Assert.DoesNotContain(FakeAuthorizationServer.Secret, call.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", 64, "it has no colon")]
    [InlineData("bob:wrong", 4, "credential_rejected")]
    public async Task A_password_that_does_not_let_in_is_told_apart_from_a_server_that_is_down(
        string value,
        int exitCode,
        string told
    )
    {
        var variable = $"ALIVEMCP_TEST_BASIC_{exitCode}";
        Environment.SetEnvironmentVariable(variable, value);
        await using var server = await FakeMcpServer.StartAsync(Specimens.Guarded(_ => false));

        var call = await ProbeAsync(server, "--basic-env", variable);

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains(told, call.Out + call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_authority_is_trusted_when_it_is_named_and_only_then()
    {
        using var root = TestCertificates.Root("A private root");
        using var leaf = TestCertificates.Leaf(
            root,
            "localhost",
            TestCertificates.Now - TestCertificates.Year / 4,
            TestCertificates.Now + TestCertificates.Year
        );
        var folder = Directory.CreateTempSubdirectory("alivemcp-test-ca-");
        var file = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(file, root.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy, leaf);

        var trusting = await ProbeAsync(server, "--ca", file, "--json");
        var wary = await ProbeAsync(server, "--json");
        var snapshot = await Call.AliveMcpAsync(
            "snapshot",
            server.Url.AbsoluteUri,
            "--allow-private",
            "--ca",
            file,
            "-o",
            Path.Combine(folder.FullName, "tools.lock.json")
        );

        Assert.Equal((0, 2, 0), (trusting.ExitCode, wary.ExitCode, snapshot.ExitCode));
        Assert.Contains("\"state\": \"live\"", trusting.Out, StringComparison.Ordinal);
        Assert.Contains("tls_untrusted", wary.Out, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static Task<Call> ProbeAsync(FakeMcpServer server, params string[] args) =>
        Call.AliveMcpAsync(["probe", server.Url.AbsoluteUri, "--allow-private", "--timeout", "30", .. args]);
}
