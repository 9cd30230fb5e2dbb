using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Alerts;

namespace AliveMcp.Alerting.Tests.Messages;

public sealed class AlertKindsTests
{
    [Fact]
    public void Owners_may_choose_about_every_kind_but_those_that_are_not_about_a_server_s_minutes() =>
        Assert.Equal(
            Enum.GetValues<AlertKind>()
                .Except([AlertKind.ProberUnwell, AlertKind.Manual])
                .Select(kind => kind.Word())
                .Order(StringComparer.Ordinal),
            AlertKinds.Words.Order(StringComparer.Ordinal)
        );
}
