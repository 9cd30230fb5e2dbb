using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.Zoo;

public static partial class WireZoo
{
    private static IEnumerable<Animal> Rpc() =>
        [
            Down(Why.MalformedJson, AtInitialize, Specimens.MalformedJson),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.OtherJson),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.JsonString),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.WrongId),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.IdZero),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.StringId),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.NullId),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.ResultAndError),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.NeitherResultNorError),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.WrongEnvelopeVersion),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.NoEnvelopeVersion),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.ErrorWithoutCode),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.OnlyANotification),
            Down(Why.MalformedJson, AtInitialize, Specimens.TooDeep),
            Down(Why.MalformedJson, AtInitialize, Specimens.SseLabelledJson),
            Down(Why.StreamEnded, AtInitialize, Specimens.JsonLabelledSse),
            Live(Specimens.Batches),
            Live(Specimens.Bom),
        ];

    private static IEnumerable<Animal> Streams() =>
        [
            Down(Why.StreamEnded, AtInitialize, Specimens.SseEmpty),
            Down(Why.StreamEnded, AtInitialize, Specimens.SseCutOff),
            Down(Why.StreamEnded, AtInitialize, Specimens.SseOnlyComments),
            Down(Why.EnvelopeInvalid, AtInitialize, Specimens.SseWrongId),
            Down(Why.MalformedJson, AtInitialize, Specimens.SseDataTwice),
            Down(Why.MalformedJson, AtInitialize, Specimens.SsePlainText),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.SseFlood),
            Live(Specimens.SseCarriageReturns),
            Live(Specimens.SseBom),
            Live(Specimens.SsePrimed),
            Live(Specimens.SseOddName),
            Live(Specimens.SseOtherTypes),
            Live(Specimens.SseManyLines),
            Live(Specimens.SseOthersFirst),
            Live(Specimens.SseTwice),
            Live(Specimens.SseSameIdAsked),
            Live(Specimens.SseDrips),
            Live(Specimens.PingsInTheList),
            Live(Specimens.BuffersStreams(TimeSpan.FromSeconds(0.3))),
            Live(Specimens.ClosesToBePolled()),
            Live(Specimens.ClosesToBePolled(rounds: 3)),
            Down(Why.StreamEnded, ProbeStep.ToolsList, Specimens.ClosesToBePolled(rounds: 100, retry: "0")) with
            {
                Name = "closes the stream for ever to be polled",
            },
            Down(Why.StreamEnded, ProbeStep.ToolsList, Specimens.ClosesAndRefuses),
        ];

    private static IEnumerable<Animal> Silence() =>
        [
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.HangsAtOnce)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.HangsInBody)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.InitializeHangs)),
            Waiting(Down(Why.Timeout, ProbeStep.Initialized, Specimens.InitializedHangs)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.SseSilent)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.BuffersForEver)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.SessionThenSilence)),
            Waiting(Down(Why.Timeout, AtInitialize, Specimens.LegacyDeaf)),
            Waiting(Down(Why.Timeout, ProbeStep.ToolsList, Specimens.ListHangs)),
            Waiting(
                Down(Why.Timeout, ProbeStep.ToolsList, Specimens.ClosesToBePolled(retry: "99999999")) with
                {
                    Name = "closes the stream to be polled tomorrow",
                }
            ),
            Waiting(Down(Why.ListIncomplete, ProbeStep.ToolsList, Specimens.SecondPageHangs)),
            Waiting(Live(Specimens.DeleteHangs)),
            Waiting(Live(Specimens.DiscoverHangs)),
        ];
}
