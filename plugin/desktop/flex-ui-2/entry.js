// Flex UI 2 is a library, and its page brings the rest along; plugins find both where Flex UI 1.x has them.
import * as Flex from "@twilio/flex-ui";
import * as React from "react";
import * as ReactDOM from "react-dom";
import * as ReactRedux from "react-redux";
import * as Redux from "redux";

Object.assign(window, { React, ReactDOM, ReactRedux, Redux });
window.Twilio = { ...window.Twilio, Flex };
