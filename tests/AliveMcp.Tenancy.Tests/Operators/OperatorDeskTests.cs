using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Operators;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Operators;

public sealed class OperatorDeskTests(Install install) : IClassFixture<Install>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private OperatorDesk Desk => install.Services.GetRequiredService<OperatorDesk>();

    [Fact]
    public async Task An_operator_is_recognised_until_the_token_ends()
    {
        var token = await AddAsync(Layer.RootOperator, tenant: null);

        var known = await Desk.RecogniseAsync(token, CancellationToken.None);
        Assert.Equal(Layer.RootOperator, known?.Layer);
        Assert.Null(known?.Tenant);

        install.Clock.Advance(Day);
        Assert.Null(await Desk.RecogniseAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_tenant_operator_is_bound_to_the_tenant()
    {
        var token = await AddAsync(Layer.TenantOperator, Install.Charlies);

        Assert.Equal(Install.Charlies, (await Desk.RecogniseAsync(token, CancellationToken.None))?.Tenant);
    }

    [Fact]
    public async Task A_revoked_operator_is_nobody()
    {
        var token = await AddAsync(Layer.Auditor, tenant: null);
        var one = (await Desk.RecogniseAsync(token, CancellationToken.None))!.Operator;

        Assert.True(await Desk.RevokeAsync(one, Actor.AtTerminal, CancellationToken.None));
        Assert.False(await Desk.RevokeAsync(one, Actor.AtTerminal, CancellationToken.None));
        Assert.Null(await Desk.RecogniseAsync(token, CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("amcp_oper_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_was_never_given_out_is_nobody(string? text) =>
        Assert.Null(await Desk.RecogniseAsync(text, CancellationToken.None));

    [Fact]
    public async Task The_right_prefix_with_another_secret_is_nobody()
    {
        var token = await AddAsync(Layer.Auditor, tenant: null);
        var last = token[^1] == 'a' ? 'b' : 'a';

        Assert.Null(await Desk.RecogniseAsync(token[..^1] + last, CancellationToken.None));
    }

    [Theory]
    [InlineData("", Layer.Auditor, false, 1, "name_invalid")]
    [InlineData("Ada\u202e", Layer.Auditor, false, 1, "name_invalid")]
    [InlineData("Ada", Layer.Customer, false, 1, "layer_invalid")]
    [InlineData("Ada", Layer.TenantOperator, false, 1, "tenant_missing")]
    [InlineData("Ada", Layer.RootOperator, true, 1, "tenant_invalid")]
    [InlineData("Ada", Layer.Auditor, false, 0, "life_invalid")]
    [InlineData("Ada", Layer.Auditor, false, 91, "life_invalid")]
    public async Task What_makes_no_sense_is_refused(string name, Layer layer, bool ofCharlie, int days, string code)
    {
        TenantId? tenant = ofCharlie ? Install.Charlies : null;

        var added = await Desk.AddAsync(
            name,
            layer,
            tenant,
            TimeSpan.FromDays(days),
            Actor.AtTerminal,
            CancellationToken.None
        );

        Assert.Equal([code], added.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task The_web_role_can_make_nobody_an_operator()
    {
        await using var session = await install.Storage.Doors.OpenAsync(Install.Charlies, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            session.Connection.ExecuteAsync("UPDATE tenancy.operator SET layer = 3, tenant_id = NULL")
        );
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private async Task<string> AddAsync(Layer layer, TenantId? tenant)
    {
        var added = await Desk.AddAsync("Olga", layer, tenant, Day, Actor.AtTerminal, CancellationToken.None);
        Assert.True(added.TryGet(out var token));
        return token;
    }
}
