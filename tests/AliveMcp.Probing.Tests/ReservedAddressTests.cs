using System.Globalization;
using System.Net;
using AliveMcp.Egress;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

/// <summary>However a closed address is spelled in a URL, nothing is dialled.</summary>
public sealed class ReservedAddressTests
{
    private static readonly EgressGuard Closed = new(new EgressOptions());

    private static readonly string[] Home =
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7F.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0x7f.0.0.01",
        "127.255.255.254",
        "0",
        "0.0.0.0",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "user:word@127.0.0.1",
        "mcp.example@127.0.0.1",
        "localhost",
        "LOCALHOST",
    ];

    private static readonly string[] Elsewhere =
    [
        "10.0.0.1",
        "167772161",
        "172.16.0.1",
        "192.168.0.1",
        "0300.0250.0.1",
        "100.64.0.1",
        "169.254.1.1",
        "169.254.169.254",
        "2852039166",
        "0xA9FEA9FE",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
    ];

    private static readonly string[] Sixes =
    [
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:1:2:3:4:80ff:fffe]",
        "[fe80::1%25lo]",
        "[fe80::1%25eth0]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[fd00:ec2::254]",
    ];

    public static TheoryData<string> Spellings => [.. Home, .. Elsewhere, .. Sixes];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_closed_address_in_any_spelling_is_not_dialled(string host)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var text = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{server.Port}/mcp");

        // What is no URL cannot be probed at all.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return;
        }

        var result = await ProbeAsync(url, resolve: null);

        Assert.Equal(Expected.Down(Why.AddressNotAllowed, ProbeStep.Connect), Expected.Of(result));
        Assert.Empty(server.Requests);
        Assert.Equal(0, result.Observed.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1.")]
    [InlineData("localhost.")]
    [InlineData("app.localhost")]
    [InlineData("127.0.0.1.nip.invalid")]
    [InlineData("①②⑦.⓪.⓪.①")]
    [InlineData("１２７.０.０.１")]
    [InlineData("127。0。0。1")]
    public async Task A_name_that_may_lead_home_is_not_dialled_either(string host)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        // As a resolver would that says what the name says.
        var result = await ProbeAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{server.Port}/mcp")),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])
        );

        Assert.Equal(Why.AddressNotAllowed, result.Attempt.Why);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_that_may_be_are_dialled()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var probe = new ServerProbe(
            new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{server.Port}"] }),
            TimeProvider.System
        )
        {
            Resolve = (_, _) =>
                Task.FromResult<IPAddress[]>([
                    IPAddress.Parse("169.254.169.254"),
                    IPAddress.Parse("127.0.0.2"),
                    IPAddress.Loopback,
                ]),
        };

        var result = await probe.ProbeAsync(
            Probes.Order(new UriBuilder(server.Url) { Host = "mixed.example" }.Uri),
            CancellationToken.None
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Empty(result.Warnings);
    }

    private static Task<ProbeResult> ProbeAsync(Uri url, Func<string, CancellationToken, Task<IPAddress[]>>? resolve) =>
        new ServerProbe(Closed, TimeProvider.System) { Resolve = resolve }.ProbeAsync(
            Probes.Order(url),
            CancellationToken.None
        );
}
