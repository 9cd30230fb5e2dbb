using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class RpcZooTests
{
    public static TheoryData<Specimen, Expected> Zoo
    {
        get
        {
            const ProbeStep at = ProbeStep.Initialize;
            return new()
            {
                { Specimens.MalformedJson, Expected.Down(Why.MalformedJson, at) },
                { Specimens.OtherJson, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.JsonString, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.WrongId, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.StringId, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.NullId, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.ResultAndError, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.NeitherResultNorError, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.WrongEnvelopeVersion, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.NoEnvelopeVersion, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.ErrorWithoutCode, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.TooDeep, Expected.Down(Why.MalformedJson, at) },
                { Specimens.OnlyANotification, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.Batches, Expected.Live },
                { Specimens.Bom, Expected.Live },
                { Specimens.HandshakeError, Expected.Down(Why.HandshakeError, at) },
                { Specimens.HandshakeError400, Expected.Down(Why.HandshakeError, at) },
                { Specimens.NoProtocolVersion, Expected.Down(Why.HandshakeIncomplete, at) },
                { Specimens.NoCapabilities, Expected.Down(Why.HandshakeIncomplete, at) },
                { Specimens.NoServerInfo, Expected.Down(Why.HandshakeIncomplete, at) },
                { Specimens.NullResult, Expected.Down(Why.HandshakeIncomplete, at) },
                { Specimens.InitializedRefused, Expected.Down(Why.HttpError, ProbeStep.Initialized) },
                { Specimens.InitializedWith200, Expected.Live },
                { Specimens.SseEmpty, Expected.Down(Why.StreamEnded, at) },
                { Specimens.SseCutOff, Expected.Down(Why.StreamEnded, at) },
                { Specimens.SseOnlyComments, Expected.Down(Why.StreamEnded, at) },
                { Specimens.SseWrongId, Expected.Down(Why.EnvelopeInvalid, at) },
                { Specimens.SseDataTwice, Expected.Down(Why.MalformedJson, at) },
                { Specimens.SseFlood, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.SseCarriageReturns, Expected.Live },
                { Specimens.SseBom, Expected.Live },
                { Specimens.SsePrimed, Expected.Live },
                { Specimens.SseOddName, Expected.Live },
                { Specimens.SseOtherTypes, Expected.Live },
                { Specimens.SsePlainText, Expected.Down(Why.MalformedJson, at) },
                { Specimens.SseManyLines, Expected.Live },
                { Specimens.SseOthersFirst, Expected.Live },
                { Specimens.SseDrips, Expected.Live },
                { Specimens.Speaks("2024-11-05"), Expected.Live },
                { Specimens.Speaks("2025-06-18"), Expected.Live },
                { Specimens.Speaks("2027-05-05"), Expected.Live },
                { Specimens.Speaks("1999-01-01"), Expected.Down(Why.VersionUnsupported, at) },
                { Specimens.Speaks("latest"), Expected.Down(Why.VersionUnsupported, at) },
                { Specimens.NoTools, Expected.Live },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task Every_specimen_gets_its_own_reason(Specimen specimen, Expected expected)
    {
        var result = await Probes.ProbeAsync(specimen);

        Assert.Equal(expected, Expected.Of(result));
    }

    [Theory]
    [InlineData("2027-05-05", "version_newer_than_ours")]
    public async Task A_version_newer_than_ours_is_a_finding(string version, string code)
    {
        var result = await Probes.ProbeAsync(Specimens.Speaks(version));

        Assert.Equal(code, Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task An_initialized_that_is_not_answered_by_202_is_a_finding()
    {
        var result = await Probes.ProbeAsync(Specimens.InitializedWith200);

        Assert.Equal("initialized_not_202", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task A_server_that_never_offered_tools_is_not_asked_for_a_list()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.NoTools);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.DoesNotContain(server.Requests, request => request.Rpc == "tools/list");
        Assert.Equal((VerifiedTo.Handshake, 0), (result.Attempt.VerifiedTo, result.Observed.ToolCount));
    }

    [Theory]
    [InlineData("2024-11-05", null)]
    [InlineData("2025-03-26", null)]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    public async Task The_negotiated_version_travels_in_a_header_from_2025_06_18_on(string version, string? header)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Speaks(version));

        await Probes.ProbeAsync(Probes.Order(server.Url) with { Era = Era.Initialize });

        Assert.Null(server.Requests[0].Header("MCP-Protocol-Version"));
        Assert.All(server.Requests.Skip(1), request => Assert.Equal(header, request.Header("MCP-Protocol-Version")));
    }
}
