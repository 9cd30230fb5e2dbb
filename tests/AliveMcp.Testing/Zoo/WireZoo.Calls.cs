using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

/// <summary>Servers whose list is well: what a test call and a health URL find behind it.</summary>
public static partial class WireZoo
{
    private static readonly TestCall Call = new() { Tool = "tool_01", Arguments = """{"query":"Bern"}""" };

    private static IEnumerable<Animal> Calls() =>
        [
            Called(Live(Specimens.Answering("the tool answers", """{"content":[{"type":"text","text":"Sunny"}]}"""))),
            Called(Troubled(Why.TestCallError, Specimens.CallFails)),
            Called(Troubled(Why.TestCallError, Specimens.Call401)),
            Called(Troubled(Why.TestCallIsError, Specimens.CallIsError)),
            Called(Troubled(Why.TestCallNeedsInput, Specimens.CallNeedsInput)),
            Called(Troubled(Why.TestCallNeedsInput, Specimens.CallNeedsUrl)),
            Called(Troubled(Why.TestCallAssertion, Specimens.CallOddResultType)),
            Called(Troubled(Why.TestCallAssertion, Specimens.CallWithoutContent)),
            Called(Troubled(Why.TestCallAssertion, Specimens.CallNoObject)),
            Called(
                Troubled(
                    Why.TestCallAssertion,
                    Specimens.Answering(
                        "the tool answers something else",
                        """{"content":[{"type":"text","text":"?"}]}"""
                    )
                ),
                Call with
                {
                    Contains = "Sunny",
                }
            ),
            Called(Troubled(Why.HttpError, Specimens.Call500)),
            Called(Troubled(Why.NotJsonRpc, Specimens.CallHtml)),
            Called(Troubled(Why.ConnectionReset, Specimens.CallResets)),
            Called(Troubled(Why.SessionLost, Specimens.CallLosesSession)),
            Called(Unknown(Why.RateLimited, ProbeStep.TestCall, Specimens.Call429)),
        ];

    private static IEnumerable<Animal> Health() =>
        [
            Felt(Live(Specimens.HealthyPlainText)),
            Felt(Live(Specimens.HealthyReport)),
            Felt(Live(Specimens.Health429)),
            Felt(Degraded(Why.HealthDown, ProbeStep.Health, Specimens.Health500)),
            Felt(Degraded(Why.HealthDown, ProbeStep.Health, Specimens.Health404)),
            Felt(Degraded(Why.HealthDown, ProbeStep.Health, Specimens.Health503)),
            Felt(Degraded(Why.HealthDown, ProbeStep.Health, Specimens.HealthRedirects)),
            Felt(Degraded(Why.HealthDown, ProbeStep.Health, Specimens.HealthResets)),
            Felt(Degraded(Why.HealthDegraded, ProbeStep.Health, Specimens.Health503WithParts)),
            Felt(Degraded(Why.HealthDegraded, ProbeStep.Health, Specimens.HealthWarns)),
        ];

    private static Animal Troubled(Why why, Specimen specimen) => Degraded(why, ProbeStep.TestCall, specimen);

    private static Animal Called(Animal animal, TestCall? call = null) =>
        animal.Ordering(order => order with { Expectations = new Expectations { TestCalls = [call ?? Call] } });

    private static Animal Felt(Animal animal) =>
        animal.Ordering(order => order with { Health = new HealthCheck { Url = new Uri(order.Url, "/health") } });
}
